# Notices: messages that nobody asked for just now. On every channel they say only this much.
notice-reminder = من أواصر: لم ننسَ طلبكم. اكتبوا «طلبي» لمعرفة أين هو الآن. ولإيقاف هذا التذكير اكتبوا «إيقاف التذكير».
reminders-stopped = لن نرسل إليكم هذا التذكير بعد الآن. وإذا تغيّر شيء في طلبكم فسنخبركم به كما كنا. وللعودة اكتبوا «ابدأ».
# To a contact in the file of somebody who has not written to us: whose message it is, and which request by its last digits.
notice-file = من جمعية أواصر: هناك تحديث على الطلب المنتهي بـ { $digits }. لمعرفته اسألوا السفارة السعودية في بلدكم أو راسلوا الجمعية، ومعكم رقم الطلب كاملًا.
notice-file-subject = رسالة من جمعية أواصر
# After somebody has heard how their request ended.
request-rate-ask = كيف كانت خدمتنا لكم في هذا الطلب؟ التقييم اختياري، ولا يؤثر في طلبكم ولا في أي طلب بعده.
