### Words of the page where papers are sent (`/papers`). Why a file is not taken stands in bot.ftl, `paper-fault-…`.
### Plain text, no variables: the page shows each as it stands.

page-papers-title = أواصر · رفع الأوراق
page-papers-heading = رفع الأوراق
page-papers-association = الجمعية الخيرية لرعاية الأسر السعودية في الخارج
page-papers-language-label = لغة الصفحة
page-papers-skip = إلى المحتوى
page-papers-paste = الصقوا هنا الرابط كاملًا كما وصلكم في المحادثة
page-papers-paste-why = تُفتح الصفحة وحدها حين تضغطون الرابط. وإن لم تُفتح فالصقوه هنا.
page-papers-open = افتح
page-papers-reference = طلب ينتهي رقمه بـ
page-papers-which = أي ورقة ترفعون؟
page-papers-state-missing = ناقصة
page-papers-state-returned = أُعيدت إليكم
page-papers-state-received = وصلتنا، ولم يُنظر فيها بعد
page-papers-reason = السبب:
page-papers-file = الصورة أو الملف
page-papers-file-help = صورة واضحة للورقة كلها، أو ملف PDF. كل صفحة وحدها. الحد الأعلى للملف 20 ميغابايت.
page-papers-send = ارفع
page-papers-sending = يُرفع الملف، فلا تغلقوا الصفحة
page-papers-embassy = والتسليم عبر السفارة ممكن دائمًا.
page-papers-privacy = نحفظ الملف مشفّرًا ليراه موظفو الجمعية المختصون، ونحذف من الصورة بيانات المكان والهاتف.
page-papers-none = لا ننتظر منكم الآن أي ورقة.
page-papers-kept = استلمنا الورقة. ينظر فيها موظف.
page-papers-unscanned = استلمنا الورقة. سنفحص الملف أولًا، ثم ينظر فيها موظف.
page-papers-known = هذا الملف وصلنا من قبل، وهو محفوظ.
page-papers-link = هذا الرابط انتهت مدته أو ليس كاملًا. اكتبوا في المحادثة «رفع ورقة» ليصلكم رابط جديد.
page-papers-no-paper = لا ننتظر هذه الورقة الآن. اختاروا من القائمة.
page-papers-too-many = وصلت ملفات كثيرة لهذا الطلب. حاولوا لاحقًا، أو سلّموها عبر السفارة.
page-papers-busy = لم نستطع أخذ الملف الآن، ولم يضع شيء مما سبق. حاولوا بعد قليل.
