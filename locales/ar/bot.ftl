### What the bot says. Arabic is the source; every locale has the same messages with the same variables.
### Plain, warm, short sentences. No promise, no date, no presumed gender: the plural of respect.
### **…** is bold. Words in «…» must be in the command lists of locale.ftl.
### Labels (choice-…) have at most 20 characters: WhatsApp cuts longer ones.

## First contact

welcome = **أهلًا بكم في أواصر**، الجمعية الخيرية لرعاية الأسر السعودية في الخارج.
    هذا مساعد آلي يجيب عن الأسئلة الشائعة في أي ساعة. وللتحدث إلى شخص اكتبوا «موظف» متى شئتم.
# Before the answer to a first message that already asks something.
welcome-short = أهلًا بكم في أواصر. هذا مساعد آلي، وللتحدث إلى شخص اكتبوا «موظف» متى شئتم.
# The one line on privacy that is shown before anything else is kept.
privacy-line = نحفظ رسائلكم للرد عليكم ومتابعة أمركم. لا نحتاج هنا رقم هوية ولا صور أوراق. للتفاصيل اكتبوا «الخصوصية».

## Menu

menu-prompt = اكتبوا سؤالكم بكلماتكم، أو اختاروا:
menu-more = خدمات أخرى:
help = اكتبوا سؤالكم بكلماتكم وبلهجتكم، وسنجيب مما هو معروف ومعتمد. وهذه كلمات تعمل دائمًا: «القائمة» و«موظف» و«بياناتي» و«توقف». أو اختاروا:
choice-stale = هذا الزر من رسالة قديمة ولم يعد يعمل. اختاروا من هنا:
choose-from-list = هذا الرقم ليس في القائمة. اختاروا مما يلي:
# Under a list of choices on channels without buttons.
choose-by-number = اكتبوا رقم اختياركم.
# "No" where nothing was asked, or no rating is wanted.
no-reply = حسنًا. اكتبوا سؤالكم متى شئتم.
yes-to-what = لم يتضح لنا أي سؤال تجيبون عنه. اكتبوا سؤالكم، أو اختاروا:

choice-route = مسار الطلب
choice-embassy = أي سفارة؟
choice-prepare = قبل زيارة السفارة
choice-officer = التحدث إلى موظف
choice-more = خدمات أخرى
choice-complaint = شكوى
choice-suggestion = اقتراح
choice-volunteer = التطوع
choice-callback = اتصلوا بي
choice-data = بياناتي
choice-data-request = نسخة من بياناتي
choice-erase = احذفوا بياناتي
choice-language = Language / اللغة
choice-privacy = الخصوصية
choice-menu = القائمة
choice-next = التالي
choice-back = السابق
choice-cancel = إلغاء
choice-done = تم
choice-none = غير ذلك: موظف
choice-helped = 👍 نعم
choice-not-helped = 👎 لا
choice-good-service = 👍 جيدة
choice-bad-service = 👎 تحتاج تحسينًا
choice-agree = نعم، أوافق
choice-disagree = لا
choice-erase-yes = نعم، احذفوها
choice-erase-no = لا، أبقوها
choice-another-country = بلد آخر

## Language

language-ask = بأي لغة نجيبكم؟
language-set = حسنًا، سنجيبكم بالعربية.

## Small talk

greeting-reply = أهلًا وسهلًا بكم. بمَ نساعدكم؟
thanks-reply = العفو، نحن هنا متى احتجتم إلينا.
goodbye-reply = في أمان الله. نحن هنا متى احتجتم إلينا.

## Questions

# Under every answer.
answer-helped = هل أفادكم هذا الجواب؟
did-you-mean = هل تقصدون أحد هذه الأسئلة؟
not-understood = لم نفهم سؤالكم بعد. جرّبوا كلمات أخرى، أو اختاروا مما يلي. ويمكنكم طلب موظف الآن.
not-understood-again = نعتذر، لم نفهم هذه المرة أيضًا. اختاروا مما يلي، أو اكتبوا «موظف» ليقرأ سؤالكم شخص من الجمعية.
# $reference: the number of a ticket that is open; these words were added to it.
added-words = أضفنا ما كتبتموه إلى رسالتكم رقم { $reference }، وسيقرؤه موظف.
no-identity-numbers = نرجو ألا ترسلوا أرقام الهوية أو الإقامة هنا. لا نحتاج إليها، وقد أخفيناها مما يُحفظ في رسالتكم إلى الموظفين.

## Rating

rated-good = شكرًا لكم. تقييمكم يساعدنا على التحسين.
rated-bad = شكرًا على صراحتكم. التقييم حق لكم، وهو للتحسين لا للعقاب. يمكنكم كتابة السؤال بكلمات أخرى، أو اختيار ما يلي:
rate-nothing-yet = يسعدنا تقييمكم بعد أول جواب. اكتبوا سؤالكم، أو اختاروا:
# After an officer closed the matter.
service-ask = كيف كانت الخدمة؟ التقييم اختياري، وهو للتحسين لا للعقاب، ولا يؤثر في طلبكم.
service-good = شكرًا لكم على التقييم.
service-bad = شكرًا على صراحتكم. إن أردتم أن تكتبوا ما ينبغي تحسينه فاختاروا:

## A person

# $reference: the number of the ticket.
officer-ticket = سجّلنا أنكم تريدون التحدث إلى موظف. رقم رسالتكم: **{ $reference }**.
officer-ticket-lost = لم نستطع فهم سؤالكم، فأحلناه إلى موظف يقرؤه بنفسه. رقم رسالتكم: **{ $reference }**.
officer-ticket-already = رسالتكم رقم **{ $reference }** مفتوحة لدى الموظفين.
# Somebody wrote a number that is none of the open ones of this conversation.
ticket-not-open = ليست في هذه المحادثة رسالة مفتوحة رقمها { $reference }. لعلها أُغلقت، أو كُتبت في قناة أخرى. ويمكنكم طلب موظف.
# $hours: the hours in which officers read, in the association's own words.
read-in-hours = يقرأ الموظفون الرسائل في هذه الأوقات: { $hours }.
read-some-time = سيقرؤها شخص من الجمعية، ولا نستطيع أن نقول متى.
officer-meanwhile = اكتبوا الآن ما تريدون قوله، وسنضيفه إليها. وإلى أن يتسلّمها موظف يستمر المساعد الآلي في الإجابة.
officer-elsewhere = ويمكنكم أيضًا سؤال السفارة السعودية في بلدكم.
officer-took = تسلّم موظف من الجمعية رسالتكم رقم { $reference }. ما تكتبونه الآن يقرؤه الموظف، والمساعد الآلي صامت حتى ينتهي.
# Stands over an officer's words where nobody has said yet that a person speaks.
officer-says = من موظف الجمعية، عن رسالتكم رقم { $reference }:
officer-closed = أُغلقت رسالتكم رقم { $reference }. ويجيبكم المساعد الآلي من جديد.
officer-silent = لم يكتب الموظف منذ مدة. تبقى رسالتكم رقم { $reference } مفتوحة لديه، ويجيبكم المساعد الآلي في هذه الأثناء.

## Urgent

# Only where the article on danger is not approved.
danger = إن كانت حياة أحد في خطر الآن فاتصلوا بطوارئ البلد الذي أنتم فيه. هذه المحادثة لا تُراقَب في كل ساعة.
danger-ticket = أرسلنا رسالتكم إلى الموظفين على أنها عاجلة جدًّا. رقمها: **{ $reference }**. لا تنتظروا ردّنا إن كان هناك خطر: اتصلوا بطوارئ البلد الذي أنتم فيه.
danger-added = أضفنا ما كتبتموه إلى رسالتكم العاجلة رقم { $reference }. إن كان هناك خطر الآن فاتصلوا بطوارئ البلد الذي أنتم فيه.
# Only where there is no article on the matter.
person = هذا أمر يحتاج إلى شخص يقرؤه.
person-ticket = أحلنا رسالتكم إلى موظف لتُقرأ قبل غيرها. رقمها: **{ $reference }**.

## Notices on and off

stopped = لن نرسل إليكم بعد الآن رسائل لم تطلبوها. أسئلتكم نجيب عنها كما كنا. وللعودة اكتبوا «ابدأ».
started = حسنًا، سنرسل إليكم من جديد ما يستجدّ. وللإيقاف اكتبوا «توقف».

## Without words

media-voice = لا نستطيع سماع الرسائل الصوتية هنا. نرجو أن تكتبوا سؤالكم، أو اطلبوا موظفًا.
media-paper = وصلتنا صورة أو ملف، ولم نفتحه ولم نحفظه. نرجو ألا ترسلوا الهويات والأوراق هنا، فإرسالها لا يسجّل طلبًا. اكتبوا سؤالكم بالكلمات.
media-video = وصلنا مقطع مصوّر، ولم نفتحه. نرجو أن تكتبوا سؤالكم بالكلمات.
media-location = وصلنا موقعكم، ولا نحتاج إليه. اكتبوا اسم البلد إن أردتم معرفة السفارة.
media-contact = وصلتنا بطاقة اتصال، ولم نحفظها. إن أردتم أن نتصل بكم فاختاروا «اتصلوا بي».
media-sticker = أهلًا بكم. اكتبوا سؤالكم بكلماتكم، أو اختاروا:
media-other = وصلنا شيء لا نستطيع قراءته هنا. اكتبوا سؤالكم بالكلمات، أو اختاروا:

## The route of a request

# Where a page stands in a text of several pages.
page-of = ({ $page } من { $pages })
route-intro = طلب المساعدة يمرّ بثلاث جهات: السفارة السعودية في بلدكم، ثم وزارة الخارجية، ثم الجمعية. ولا يُقدَّم الطلب في هذه المحادثة.
route-1 = **السفارة السعودية في بلدكم.** يُقدَّم الطلب فيها، وهي ترفعه إلى وزارة الخارجية. الطلب الذي لم يصل إلينا قد يكون عند السفارة أو الوزارة، والسفارة هي من يُسأل عنه.
route-2 = **وزارة الخارجية.** يصل إليها الطلب من السفارة، وتستقبل الجمعية البيانات منها. لذلك لا يصل الطلب إلى الجمعية مباشرة.
route-3 = **الجمعية.** تدرس الحالة، وتتأكد من استيفاء المعلومات ومن صحتها ومن التوقيع عليها، ثم تردّ بالقبول أو الرفض. نص السياسة: «خلال مدة لا تقل عن أسبوعين»، ولم تحدد السياسة حدًّا أعلى.

## Before going to the embassy

prepare-intro = هذا شرح يعينكم قبل زيارة السفارة. الطلب نفسه يُقدَّم في السفارة، لا في هذه المحادثة.
prepare-1 = **ما الذي يجري في السفارة؟** تستقبل السفارة طلبكم وبياناتكم وترفعها إلى وزارة الخارجية، ومنها إلى الجمعية لدراسة الحالة. اسألوا السفارة قبل الزيارة عن مواعيدها وطريقة استقبالها.
prepare-2 = **الإقرار والتوقيع.** تُقدَّم البيانات مع توقيع من يطلب الدعم. ومعنى التوقيع: «أنت مسؤول مسؤولية مباشرة عن صحة المعلومات». اقرؤوا قبل التوقيع، واسألوا عمّا لم يتضح، واذكروا ما تعرفونه كما هو.
prepare-3 = **الأوراق.** ليست لدينا قائمة منشورة بالأوراق المطلوبة. السفارة هي من يخبركم بما تحتاج إليه. ولا ترسلوا صور الهويات والأوراق في هذه المحادثة.
prepare-4 = **أسئلة تفيدكم في السفارة.** هل رُفع الطلب إلى وزارة الخارجية؟ ما الرقم أو التاريخ الذي نتابع به؟ من نسأل بعد ذلك؟ والسياسة لا تذكر أي رسوم: إن طلب منكم أحد مالًا فأخبرونا.

## Which embassy

embassy-ask = في أي بلد تقيمون؟ اكتبوا اسم البلد، أو اختاروا:
embassy-ask-again = لم نعرف اسم البلد. اكتبوه مرة أخرى، اسم البلد وحده، أو اطلبوا موظفًا.
embassy-in = **البعثات السعودية في { $country }:**
embassy-line =
    { $kind }، { $city }
    • الهاتف: { $phone }
    • البريد: { $email }
    • الموقع: { $url }
mission-embassy = سفارة
mission-consulate = قنصلية
mission-other = بعثة
embassy-note = هذا بحسب قائمة 2022؛ تأكدوا من موقع الوزارة (وزارة الخارجية) قبل الزيارة.
embassy-check = تنبيه: قد لا تكون هذه البعثة تستقبل المراجعين الآن. تأكدوا قبل أن تسافروا إليها.
embassy-closed = تنبيه: في القائمة أن بعثة مما ذُكر مغلقة.
embassy-instead = وبحسب الجمعية يمكنكم مراجعة السفارة السعودية في { $country } بدلًا منها.
embassy-covered = ليست في القائمة سفارة سعودية في { $country }. وبحسب القائمة تخدمها السفارة السعودية في { $city }، { $covering }.
embassy-none = ليست في القائمة سفارة سعودية في { $country }، ولا سفارة تخدمها. اسألوا وزارة الخارجية، أو اطلبوا موظفًا.
embassy-inside = الإجراء المنشور يبدأ من السفارة السعودية في بلد الإقامة خارج المملكة، ولا يذكر من يقيمون داخلها. إن كنتم داخل المملكة فاطلبوا موظفًا يقرأ حالتكم.
not-available = غير متاح

## Tickets

ticket-about-complaint = نأسف لما أزعجكم. شكواكم يقرؤها موظف، ولها رقم تتابعون به.
ticket-about-suggestion = رأيكم يعيننا على التحسين. اقتراحكم يقرؤه موظف، وله رقم تتابعون به.
ticket-about-volunteer = شكرًا على رغبتكم في التطوع. رسالتكم يقرؤها موظف، ولها رقم تتابعون به.
ticket-about-call-back = يمكنكم أن تطلبوا أن يتصل بكم موظف. رسالتكم يقرؤها موظف، ولها رقم تتابعون به.
ticket-about-data-request = لكم أن تطلبوا نسخة من بياناتكم أو تصحيحها. طلبكم هذا يقرؤه موظف، وله رقم تتابعون به.
ticket-consent = هل توافقون على أن نحفظ ما تكتبونه ليقرأه موظفو الجمعية ويتابعوه؟
ticket-consent-first = نحتاج أولًا إلى موافقتكم على حفظ ما تكتبونه. هل توافقون؟
ticket-declined = حسنًا، لن نفتح بها رسالة إلى الموظفين. يمكنكم سؤال السفارة السعودية في بلدكم، أو العودة متى شئتم.
ticket-ask-complaint = اكتبوا شكواكم: ماذا حدث، ومتى، وأين؟ يمكنكم الكتابة في أكثر من رسالة.
ticket-ask-suggestion = اكتبوا اقتراحكم بكلماتكم.
ticket-ask-volunteer = اكتبوا كيف تودّون المساعدة، ومن أي بلد، وكيف نصل إليكم.
ticket-ask-call-back = اكتبوا بكلماتكم: على أي رقم أو بأي وسيلة نتصل، وفي أي وقت يناسبكم بتوقيت بلدكم، وعمّ تودّون الحديث؟
ticket-ask-data-request = اكتبوا ما تطلبونه: نسخة كاملة من بياناتكم، أو تصحيح شيء فيها، أو غير ذلك.
ticket-no-identity = لا تكتبوا أرقام هوية ولا حسابات، فلا نحتاج إليها.
ticket-opened = سجّلنا ما كتبتموه. الرقم: **{ $reference }**. احتفظوا به للمتابعة.
ticket-add-more = يمكنكم أن تكتبوا المزيد الآن، أو اكتبوا «تم».
ticket-added = أضفناه إلى الرقم { $reference }. اكتبوا المزيد، أو اكتبوا «تم».
ticket-write-on = اكتبوا ما تريدون إضافته إلى الرقم { $reference }، أو اكتبوا «تم».
ticket-already-open = لديكم رسالة مفتوحة من هذا النوع، رقمها **{ $reference }**. اكتبوا ما تريدون إضافته إليها.
ticket-done = شكرًا لكم. ما كتبتموه محفوظ بالرقم **{ $reference }**.
ticket-cancelled = حسنًا، لم نسجّل شيئًا. اختاروا ما تشاؤون:
ticket-kind-question = سؤال لموظف
ticket-kind-complaint = شكوى
ticket-kind-suggestion = اقتراح
ticket-kind-volunteer = تطوع
ticket-kind-call-back = طلب اتصال
ticket-kind-data-request = طلب بيانات
ticket-kind-danger = رسالة عاجلة جدًّا
ticket-kind-person-needed = رسالة عاجلة
ticket-kind-undelivered = رسالة لم تصل
ticket-status-open = تنتظر موظفًا
ticket-status-taken = لدى موظف
ticket-status-closed = مغلقة

## Where is my request

choice-status = أين طلبي؟
status-ask = لنخبركم أين طلبكم نتأكد أولًا أنه لكم. **اكتبوا رقم الطلب** كما ورد إليكم، ولا تكتبوا رقم هوية.
status-not-here-yet = وقد لا يكون الطلب قد وصل إلى الجمعية بعد: يمر أولًا بالسفارة ثم بوزارة الخارجية. فإن لم يكن لديكم رقم فاسألوا السفارة، أو اكتبوا «موظف».
# Said for every number, known or not: it must tell nothing.
proof-sent = إن كان هذا الرقم عندنا فقد أُرسل رمز إلى وسيلة الاتصال المسجلة في ملف الطلب. **اكتبوا الرمز هنا** قبل أن تنتهي مدته (بالدقائق: { $minutes }). وإن لم يصلكم شيء فاكتبوا «موظف»: يتأكد بطريقة أخرى.
proof-wrong = هذا الرمز غير صحيح، أو انتهت مدته. اكتبوا الرمز مرة أخرى، أو رقم الطلب لنبدأ من جديد، أو «موظف».
proof-locked = لحماية أصحاب الطلبات توقفت المحاولات من هنا مدة (بالدقائق: { $minutes }). لا يضيع شيء من طلبكم، ويمكنكم الآن التحدث إلى موظف.
proof-done = شكرًا لكم، تأكدنا. ويمكنكم من الآن السؤال هنا بكلمة «طلبي». وعلى هاتف مشترك اكتبوا «احذف ربط طلبي» بعد القراءة.
proof-expired = مضت مدة على آخر تأكيد، فنتأكد من جديد. **اكتبوا رقم الطلب**.
proof-by-officer = أكد موظف من الجمعية أن الطلب لكم. اكتبوا «طلبي» متى شئتم لتعرفوا أين هو.
proof-unlinked = لم يعد هذا الحساب مربوطًا بأي طلب، ولن نخبر فيه بشيء عنه. والطلب نفسه لم يتغير.
# Goes to the contact on file, not to this conversation.
proof-code = رمز الاطلاع على طلبكم لدى جمعية أواصر: { $code }. مدته بالدقائق: { $minutes }. لا تعطوه أحدًا. وإن لم تطلبوه فتجاهلوه.
proof-code-subject = جمعية أواصر
status-of = **طلبكم رقم { $reference }**
status-with-embassy = عند السفارة. بعدها يُرفع إلى وزارة الخارجية ثم إلى الجمعية. يمكنكم سؤال السفارة عن رقم المعاملة وتاريخ رفعها.
status-with-ministry = عند وزارة الخارجية. بعدها يصل إلى الجمعية لدراسته. لا يلزمكم شيء الآن إلا أن تُطلب أوراق.
status-received = وصل إلى الجمعية. بعده تُدرس الحالة. لا يلزمكم شيء الآن.
status-studying = لدى الجمعية، قيد الدراسة. بعدها يُتأكد من البيانات ثم يصدر الرد. لا يلزمكم شيء إلا أن تُطلب أوراق.
status-completing = ينتظر استكمال أوراق أو بيانات. بعد وصولها تستمر الدراسة. ما ينقص تسلّمونه إلى السفارة، وللسؤال عنه اكتبوا «موظف».
status-confirming = لدى الجمعية، قيد التأكد من البيانات. بعدها يصدر الرد.
status-decided = صدر قرار فيه، ويخبركم به موظف من الجمعية. اكتبوا «موظف» إن أردتم معرفته الآن.
status-accepted = صدر القرار: **قُبل الطلب**. وللسؤال عما يلي اكتبوا «موظف».
status-refused = صدر القرار: **لم يُقبل الطلب**. نعلم أن هذا صعب. يمكنكم أن تسألوا موظفًا عما يمكن السؤال عنه: اكتبوا «موظف».
status-closed = انتهى النظر فيه. إن تغيّر شيء في حالكم فاسألوا السفارة، أو اكتبوا «موظف».
status-returned = أُعيد للاستكمال. راجعوا السفارة التي قدّمتم فيها، أو اكتبوا «موظف».
status-since = منذ { $hijri-day } { $hijri-month } { $hijri-year } / { $day } { $month } { $year }.
status-by-embassy = بحسب ما أبلغتنا به السفارة.
status-by-ministry = بحسب ما أبلغتنا به وزارة الخارجية.
status-by-staff = بحسب ما سجّله موظفو الجمعية.
status-missing = **ينقص الملف:**
status-paper = • { $paper }
status-paper-returned = • أُعيدت إليكم: { $paper }. السبب: { $reason }
status-paper-received = • وصلتنا: { $paper }، ولم يُنظر فيها بعد.
# Completion through the embassy always stays possible, and is always named.
papers-embassy = تُسلَّم الأوراق **عبر السفارة**، وهذا ممكن دائمًا. ولا ترسلوها في المحادثة.
papers-ways = تُسلَّم الأوراق **عبر السفارة**، وهذا ممكن دائمًا، أو تُرفع **من صفحتنا**: اكتبوا «رفع ورقة». ولا ترسلوها في المحادثة.
papers-none = لا ننتظر منكم الآن أي ورقة.
papers-link = صفحة رفع الأوراق: { $link }
    مدة الرابط بالدقائق: { $minutes }
papers-link-care = الرابط لكم وحدكم، فلا ترسلوه إلى أحد. وإن انتهت مدته فاكتبوا «رفع ورقة». والتسليم عبر السفارة ممكن دائمًا.
papers-no-link = رفع الأوراق من صفحتنا غير متاح الآن. سلّموها عبر السفارة.
choice-papers = رفع ورقة
paper-taken = استلمنا: **{ $paper }**. ينظر فيها موظف. وإن كان لها صفحات أخرى فارفعوها أيضًا.
paper-taken-unscanned = استلمنا: **{ $paper }**. سنفحص الملف أولًا، ثم ينظر فيه موظف.
paper-refused-infected = لم نقبل ملف: **{ $paper }**، فقد وجد الفاحص فيه ما قد يضر. صوّروا الورقة من جديد وارفعوها، أو سلّموها عبر السفارة.
paper-fault-empty = لم نجد في الملف شيئًا. اختاروا الملف من جديد.
paper-fault-large = الملف كبير جدًّا. صوّروا الورقة بدقة أقل، أو ارفعوا كل صفحة وحدها.
paper-fault-heic = هذه صورة بصيغة HEIC لا تُفتح في كل مكان. التقطوا للورقة لقطة شاشة وارفعوها، أو اختاروا في إعدادات الكاميرا «الأكثر توافقًا» وصوّروا من جديد.
paper-fault-archive = لا نقبل الملفات المضغوطة. ارفعوا كل صورة أو ملف PDF وحده.
paper-fault-double = في هذا الملف ملف آخر مخفي، فلم نقبله. صوّروا الورقة من جديد.
paper-fault-pixels = الصورة أكبر أبعادًا مما نستطيع فتحه. صوّروا الورقة بدقة أقل.
paper-fault-damaged = لم نستطع فتح الملف، فلعله ناقص. ارفعوه من جديد، أو صوّروا الورقة مرة أخرى.
paper-fault-active = في ملف PDF هذا أوامر أو ملفات مرفقة، فلم نقبله. صوّروا الورقة، أو احفظوها PDF من جديد.
paper-fault-locked = ملف PDF هذا محمي بكلمة سر. ارفعوه بلا كلمة سر، أو صوّروا الورقة.
paper-fault-other = نقبل صورة (JPEG أو PNG أو WebP) أو ملف PDF فقط. صوّروا الورقة وارفعوا الصورة.
paper-fault-infected = وجد الفاحص في الملف ما قد يضر، فلم نقبله. صوّروا الورقة من جديد وارفعوها، أو سلّموها عبر السفارة.
status-received-at = وصل إلى الجمعية في { $hijri-day } { $hijri-month } { $hijri-year } / { $day } { $month } { $year }.
status-least-time = نص السياسة أن الرد يكون «خلال مدة لا تقل عن أسبوعين»، ولم تحدد السياسة حدًّا أعلى.

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
hijri-month-1 = محرم
hijri-month-2 = صفر
hijri-month-3 = ربيع الأول
hijri-month-4 = ربيع الآخر
hijri-month-5 = جمادى الأولى
hijri-month-6 = جمادى الآخرة
hijri-month-7 = رجب
hijri-month-8 = شعبان
hijri-month-9 = رمضان
hijri-month-10 = شوال
hijri-month-11 = ذو القعدة
hijri-month-12 = ذو الحجة

## My data

data-intro = **ما نحفظه عنكم في هذه المحادثة:**
data-received = { PLURAL($count) ->
    [zero] • لا رسائل منكم
    [one] • رسالة واحدة منكم
    [two] • رسالتان منكم
    [few] • { $count } رسائل منكم
    [many] • { $count } رسالة منكم
   *[other] • { $count } رسالة منكم
}
data-sent = { PLURAL($count) ->
    [zero] • لا رسائل منا
    [one] • رسالة واحدة منا
    [two] • رسالتان منا
    [few] • { $count } رسائل منا
    [many] • { $count } رسالة منا
   *[other] • { $count } رسالة منا
}
data-since = • منذ { $date }
data-consent-informed = • عُرض عليكم سطر الخصوصية في { $date }
data-consent-ticket = • وافقتم على حفظ ما تكتبونه للموظفين في { $date }
data-tickets = { PLURAL($count) ->
    [zero] • لا رسائل لدى الموظفين
    [one] • رسالة واحدة لدى الموظفين:
    [two] • رسالتان لدى الموظفين:
    [few] • { $count } رسائل لدى الموظفين:
    [many] • { $count } رسالة لدى الموظفين:
   *[other] • { $count } رسالة لدى الموظفين:
}
# One ticket of the list above. $kind and $status are phrases ticket-kind-… and ticket-status-….
data-ticket = { $reference }: { $kind }، { $date }، { $status }
data-copy = لكم حق الاطلاع على بياناتكم كاملة وتصحيحها وحذفها. للنسخة الكاملة اختاروا «نسخة من بياناتي».
erase-ask = **حذف بياناتكم.** يُحذف نهائيًّا: نصوص رسائلكم وردودنا، ولغتكم، وموافقاتكم، ونصوص رسائلكم إلى الموظفين، وملفات الأوراق التي رفعتموها، وتُغلق المفتوحة منها.
    ويبقى: تاريخ الحذف، وأعداد وتقييمات لا تدل عليكم. وطلب المساعدة عند السفارة أو الوزارة أو الجمعية لا يتغير.
    هل نحذفها؟
erase-kept = حسنًا، لم نحذف شيئًا. اختاروا ما تشاؤون:
erased = نحذف الآن بياناتكم من هذه المحادثة. إن كتبتم إلينا بعد ذلك بدأنا من جديد. نتمنى لكم الخير.

## What the program adds by itself

# At the end of a text that is longer than the channel carries.
cut-short = … لم تتسع الرسالة لبقية الجواب. اكتبوا «موظف» إن احتجتم إليها.
# A notice that nobody asked for says only this, on every channel.
notice-update = من أواصر: هناك تحديث على طلبكم. اكتبوا «طلبي» للاطلاع عليه.
something-went-wrong = حدث خلل عندنا، ورسالتكم محفوظة. نرجو أن تكتبوا مرة أخرى بعد قليل، أو اكتبوا «موظف».
# Where a text is missing; never wanted.
phrase-missing = نعتذر، هذا النص غير متاح الآن. اكتبوا «موظف» إن احتجتم إلى المساعدة.
