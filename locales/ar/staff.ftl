### What staff are told. Numbers and kinds only: nothing that people wrote.

# $reference, $kind, $urgency, $minutes: how long it has waited.
staff-ticket = **{ $urgency }**: رسالة رقم { $reference } ({ $kind }). الانتظار بالدقائق: { $minutes }.
    للاطلاع: awasir tickets show { $reference }
staff-ticket-subject = أواصر: { $urgency }، رسالة رقم { $reference }
ticket-urgency-normal = رسالة جديدة
ticket-urgency-high = رسالة تحتاج موظفًا قريبًا
ticket-urgency-emergency = خطر على حياة
