### Words of the web chat's page, its widget and its plain form. What the bot itself says stands in bot.ftl.
### Plain text, no variables: the page shows each as it stands.

chat-title = أواصر · محادثة
chat-name = أواصر
chat-association = الجمعية الخيرية لرعاية الأسر السعودية في الخارج
chat-description = اسألوا جمعية أواصر عن مسار طلب المساعدة والسفارات وطرق التواصل، في أي ساعة.
# The other language, named in its own words and lettering.
chat-language-label = لغة الصفحة

## Before the first message

chat-welcome-title = أهلًا بكم
chat-welcome = اكتبوا سؤالكم بكلماتكم وبلهجتكم. يجيبكم مساعد آلي في أي ساعة، ويمكنكم طلب موظف متى شئتم.
chat-suggestions = أسئلة للبدء
# Sent as it stands when it is pressed.
chat-suggestion-apply = كيف أقدّم طلب مساعدة؟
chat-suggestion-status = أين وصل طلبي؟
chat-suggestion-embassy = أي سفارة أراجع؟
chat-suggestion-officer = أريد التحدث إلى موظف
chat-notes = قبل أن تكتبوا
chat-note-privacy = لا نحتاج هنا رقم هوية ولا صور أوراق.
chat-note-fees = لا تذكر سياسة الجمعية أي رسوم. إن طلب منكم أحد مالًا فأخبرونا.
chat-note-danger = إن كان أحد في خطر الآن فاتصلوا بخدمة الطوارئ في البلد الذي أنتم فيه؛ هذه المحادثة لا تُراقَب في كل الأوقات.

## Conversation

chat-log = رسائل المحادثة
chat-skip = إلى خانة الكتابة
chat-input = رسالتكم
chat-placeholder = اكتبوا رسالتكم…
chat-send = إرسال
# Read aloud before a message.
chat-us = أواصر:
chat-you = أنتم:
chat-choices = اختيارات
chat-pressed = (اختيار من القائمة)
chat-attachment = (مرفق)
chat-typing = الجواب في الطريق
chat-new = رسائل جديدة
chat-today = اليوم
chat-yesterday = أمس

## Where a message stands

chat-sending = تُرسل…
chat-sent = أُرسلت
chat-failed = لم تُرسل. اضغطوا للمحاولة مرة أخرى
chat-refused = لم تُقبل هذه الرسالة. قد تكون أطول من اللازم
chat-offline = لا اتصال بالإنترنت الآن. نحتفظ برسالتكم ونرسلها حين يعود.
chat-online = عاد الاتصال.
chat-slow = وصلت رسائل كثيرة في وقت قصير. ننتظر قليلًا ثم نرسل رسالتكم.

## Ending

chat-end = إنهاء المحادثة
chat-end-question = إنهاء المحادثة على هذا الجهاز؟
chat-end-explained = تختفي الرسائل من هذا الجهاز، فلا يقرؤها من يستعمله بعدكم.
chat-end-yes = نعم، أنهوها
chat-end-no = لا، عودة
chat-ended = انتهت المحادثة على هذا الجهاز. رسالتكم التالية تبدأ محادثة جديدة.
chat-expired = انتهت المحادثة السابقة. رسالتكم التالية تبدأ محادثة جديدة.

## Widget

chat-widget-open = اسألوا أواصر
chat-widget-close = إغلاق المحادثة
chat-widget-title = محادثة أواصر

## Without JavaScript

chat-refresh = إظهار الردود الجديدة
chat-waiting = وصلت رسالتكم. اضغطوا «إظهار الردود الجديدة» بعد قليل.
chat-busy = لم نتمكن من أخذ رسالتكم الآن، وما زالت في خانة الكتابة. أعيدوا إرسالها بعد دقيقة.
