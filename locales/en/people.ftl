### Words around people and proof: numbers that are waited for, numbers that are shared, codes that are asked about.

## A number that may not be with us yet

choice-watch = Tell me when it arrives
watch-which = We can tell you when a request reaches the association. **Write its number** as it was given to you, then press “Tell me when it arrives”.
# The same for every number. It promises nothing: who is told is decided by the contact in the file. $days is the setting WATCH_DAYS.
watch-set = We have noted your number. If a request with it arrives from now on: where the number of your account here is the one in the file, we write to you here; otherwise an officer first makes sure that it is yours. We keep this for a time (in days: { $days }), and your latest five numbers. To end it, write “stop telling me”.
watch-stopped = We have stopped it, and wait for no number of yours any more.
# A notice on a screen that others may see.
watch-news = From Awasir: there is news about the number you asked about. To see it, first prove that it is yours: write “my request”.

## Sharing one's own number, on channels that attest it

choice-share-number = Use my phone number
share-button = Share my phone number
share-ask = Press “Share my phone number” at the bottom of the screen. We compare the number of your account here with the one in the request's file, and do not keep the number itself. Only your own account's number counts, not somebody else's card.
share-thanks = Thank you, we have your number.
# The same whatever the reason: no file, no such number in it, or one that was put there only today.
share-no-match = We could not make sure with this number. Write the number of the request and we make sure with a code, or write “officer”: they make sure in another way.
# Takes the button away from under the chat.
share-away = All right, let us go on.
proof-by-channel = By the number of your account here we are sure that the request is yours. Write “my request” at any time to learn where it is.

## Codes

proof-which-code = The code is six digits that we send to the telephone or e-mail in the request's file, if the number you wrote is with us, to make sure that the request is yours. You write it here; it is good for (in minutes): { $minutes }. Give it to nobody else. If it does not arrive, or your telephone has changed, write “officer”: they make sure in another way.

## Tickets that are tasks of staff

ticket-kind-call = telephone call
ticket-kind-letter = letter
