### What staff are told. Numbers and kinds only: nothing that people wrote.

# $reference, $kind, $urgency, $minutes: how long it has waited.
staff-ticket = **{ $urgency }**: message { $reference } ({ $kind }). Minutes waited: { $minutes }.
    To read it: awasir tickets show { $reference }
staff-ticket-subject = Awasir: { $urgency }, message { $reference }
ticket-urgency-normal = New message
ticket-urgency-high = A message that needs an officer soon
ticket-urgency-emergency = Danger to life
