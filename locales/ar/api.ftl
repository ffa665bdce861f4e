### Words of the page that explains the API to the programmers of other systems. The document itself is English.
### Plain text, no variables.

api-title = أواصر · واجهة الأنظمة
api-name = أواصر
api-subtitle = واجهة سجل الطلبات لأنظمة الوزارة والسفارات والجمعية
api-language-label = لغة الصفحة
api-skip = إلى النداءات
api-contents = في هذه الصفحة
api-start = البداية
api-start-key = يصدر موظف الجمعية المفتاح بالأمر awasir keys add، ويظهر مرة واحدة. أرسلوه في ترويسة Authorization.
api-start-english = الوصف التالي بالإنجليزية، وهو مأخوذ من البرنامج نفسه.
api-document = الوثيقة كاملة (OpenAPI 3.1)
api-calls = النداءات
api-scope = الصلاحية
api-parameters = المعاملات
api-body = المضمون
api-answers = الأجوبة
api-needed = مطلوب
api-optional = اختياري
api-shapes = الأشكال
api-problems = أسباب الرفض
