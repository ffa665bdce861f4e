### Words around people and proof: numbers that are waited for, numbers that are shared, codes that are asked about.

## A number that may not be with us yet

choice-watch = أخبروني إذا وصل
watch-which = نخبركم إذا وصل طلب إلى الجمعية. **اكتبوا رقم الطلب** كما ورد إليكم، ثم اضغطوا «أخبروني إذا وصل».
# The same for every number. It promises nothing: who is told is decided by the contact in the file. $days is the setting WATCH_DAYS.
watch-set = سجّلنا رقمكم. إذا وصل طلب بهذا الرقم بعد الآن: إن كان رقم حسابكم هنا هو المسجل في الملف كتبنا إليكم هنا، وإلا تأكد موظف أولًا أنه لكم. نحتفظ بهذا مدة (بالأيام: { $days })، وبآخر خمسة أرقام. ولإيقافه اكتبوا «أوقف التنبيه».
watch-stopped = أوقفنا التنبيه، ولا ننتظر لكم أي رقم بعد الآن.
# A notice on a screen that others may see.
watch-news = من أواصر: هناك جديد عن الرقم الذي سألتم عنه. لتطّلعوا عليه أثبتوا أولًا أنه لكم: اكتبوا «طلبي».

## Sharing one's own number, on channels that attest it

choice-share-number = التأكد برقم هاتفي
share-button = مشاركة رقم هاتفي
share-ask = اضغطوا «مشاركة رقم هاتفي» أسفل الشاشة. نقارن رقم حسابكم هنا بالرقم المسجل في ملف الطلب، ولا نحتفظ بالرقم نفسه. لا نقبل إلا رقم حسابكم أنتم، لا بطاقة شخص آخر.
share-thanks = شكرًا لكم، وصلنا رقمكم.
# The same whatever the reason: no file, no such number in it, or one that was put there only today.
share-no-match = لم نتمكن من التأكد بهذا الرقم. اكتبوا رقم الطلب لنتأكد برمز، أو اكتبوا «موظف»: يتأكد بطريقة أخرى.
# Takes the button away from under the chat.
share-away = حسنًا، لنكمل.
proof-by-channel = تأكدنا برقم حسابكم هنا أن الطلب لكم. اكتبوا «طلبي» متى شئتم لتعرفوا أين هو.

## Codes

proof-which-code = الرمز ستة أرقام نرسلها إلى الهاتف أو البريد المسجل في ملف الطلب، إن كان الرقم الذي كتبتموه عندنا، لنتأكد أن الطلب لكم. تكتبونه هنا، ومدته بالدقائق: { $minutes }. لا تعطوه أحدًا غيرنا. وإن لم يصلكم، أو تغير هاتفكم، فاكتبوا «موظف»: يتأكد بطريقة أخرى.

## Tickets that are tasks of staff

ticket-kind-call = مكالمة
ticket-kind-letter = رسالة بريدية
