# Notices: messages that nobody asked for just now. On every channel they say only this much.
notice-reminder = From Awasir: we have not forgotten your request. Write “my request” to see where it is now. To stop this reminder, write “stop reminders”.
reminders-stopped = We will not send you this reminder any more. If something changes in your request, we will still tell you. To have reminders again, write “resume”.
# To a contact in the file of somebody who has not written to us: whose message it is, and which request by its last digits.
notice-file = From the Awasir association: there is an update on the request ending in { $digits }. To learn it, ask the Saudi embassy in your country or write to the association, with the full number of the request.
notice-file-subject = A message from the Awasir association
# After somebody has heard how their request ended.
request-rate-ask = How were we in serving you with this request? Rating is optional, and changes nothing about this request or any later one.
