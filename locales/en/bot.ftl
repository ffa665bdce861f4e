### What the bot says. The same messages and variables as ar/bot.ftl, which is the source.
### As you would say it to someone in need: plain, warm, short. No promise, no date.
### **…** is bold. Words in “…” must be in the command lists of locale.ftl.
### Labels (choice-…) have at most 20 characters: WhatsApp cuts longer ones.

## First contact

welcome = **Welcome to Awasir**, the charity that cares for Saudi families abroad.
    This is an automatic assistant that answers common questions at any hour. To talk to a person, write “officer” at any time.
# Before the answer to a first message that already asks something.
welcome-short = Welcome to Awasir. This is an automatic assistant; to talk to a person, write “officer” at any time.
# The one line on privacy that is shown before anything else is kept.
privacy-line = We keep your messages to answer you and follow up. We need no identity number and no pictures of papers here. For details write “privacy”.

## Menu

menu-prompt = Write your question in your own words, or choose:
menu-more = More services:
help = Write your question in your own words and we will answer from what is known and approved. These words always work: “menu”, “officer”, “my data”, “stop”. Or choose:
choice-stale = That button is from an old message and no longer works. Choose here:
choose-from-list = That number is not on the list. Choose one of these:
# Under a list of choices on channels without buttons.
choose-by-number = Write the number of your choice.
# "No" where nothing was asked, or no rating is wanted.
no-reply = All right. Write your question whenever you like.
yes-to-what = We are not sure which question you are answering. Write your question, or choose:

choice-route = Route of a request
choice-embassy = Which embassy?
choice-prepare = Before the embassy
choice-officer = Talk to a person
choice-more = More services
choice-complaint = Complaint
choice-suggestion = Suggestion
choice-volunteer = Volunteer
choice-callback = Call me back
choice-data = My data
choice-data-request = Copy of my data
choice-erase = Delete my data
choice-language = Language / اللغة
choice-privacy = Privacy
choice-menu = Menu
choice-next = Next
choice-back = Back
choice-cancel = Cancel
choice-done = Done
choice-none = None: a person
choice-helped = 👍 Yes
choice-not-helped = 👎 No
choice-good-service = 👍 Good
choice-bad-service = 👎 Could be better
choice-agree = Yes, I agree
choice-disagree = No
choice-erase-yes = Yes, delete
choice-erase-no = No, keep it
choice-another-country = Another country

## Language

language-ask = In which language shall we answer?
language-set = All right, we will answer in English.

## Small talk

greeting-reply = Hello and welcome. How can we help?
thanks-reply = You are welcome. We are here whenever you need us.
goodbye-reply = Goodbye. We are here whenever you need us.

## Questions

# Under every answer.
answer-helped = Did this answer help?
did-you-mean = Do you mean one of these questions?
not-understood = We have not understood your question yet. Try other words, or choose below. You can also ask for a person now.
not-understood-again = Sorry, we did not understand this time either. Choose below, or write “officer” so that a person reads your question.
# $reference: the number of a ticket that is open; these words were added to it.
added-words = We added what you wrote to your message number { $reference }. A person will read it.
no-identity-numbers = Please do not send identity or residence numbers here. We do not need them, and have hidden them in what is kept of your message for our staff.

## Rating

rated-good = Thank you. Your rating helps us to improve.
rated-bad = Thank you for being frank. Rating is your right; it is for improvement, not for punishment. You can ask again in other words, or choose:
rate-nothing-yet = We will be glad of your rating after the first answer. Write your question, or choose:
# After an officer closed the matter.
service-ask = How was the service? Rating is voluntary, for improvement and not for punishment, and does not affect your request.
service-good = Thank you for your rating.
service-bad = Thank you for being frank. If you would like to write what should be better, choose:

## A person

# $reference: the number of the ticket.
officer-ticket = We noted that you want to talk to a person. The number of your message: **{ $reference }**.
officer-ticket-lost = We could not understand your question, so we passed it to a person who will read it. The number of your message: **{ $reference }**.
officer-ticket-already = Your message number **{ $reference }** is open with our staff.
# Somebody wrote a number that is none of the open ones of this conversation.
ticket-not-open = There is no open message number { $reference } in this chat. It may be closed, or was written in another channel. You can ask for a person.
# $hours: the hours in which officers read, in the association's own words.
read-in-hours = Our staff read messages at these times: { $hours }.
read-some-time = A person of the association will read it; we cannot say when.
officer-meanwhile = Write now what you want to say and we will add it. Until a person takes it, the automatic assistant goes on answering.
officer-elsewhere = You can also ask the Saudi embassy in your country.
officer-took = A member of our staff has taken your message number { $reference }. They read what you write now; the automatic assistant is silent until they are done.
# Stands over an officer's words where nobody has said yet that a person speaks.
officer-says = From our staff, about your message number { $reference }:
officer-closed = Your message number { $reference } is closed. The automatic assistant answers you again.
officer-silent = Our staff have not written for a while. Your message number { $reference } stays open with them, and the automatic assistant answers you meanwhile.

## Urgent

# Only where the article on danger is not approved.
danger = If a life is in danger now, call the emergency service of the country you are in. This chat is not watched at all hours.
danger-ticket = We sent your message to our staff as most urgent. Its number: **{ $reference }**. Do not wait for our answer if there is danger: call the emergency service of the country you are in.
danger-added = We added what you wrote to your urgent message number { $reference }. If there is danger now, call the emergency service of the country you are in.
# Only where there is no article on the matter.
person = A person needs to read this.
person-ticket = We passed your message to our staff, to be read before others. Its number: **{ $reference }**.

## Notices on and off

stopped = We will send you no more messages that you did not ask for. We answer your questions as before. To turn this back on, write “start”.
started = All right, we will send you news again. To turn it off, write “stop”.

## Without words

media-voice = We cannot listen to voice messages here. Please write your question, or ask for a person.
media-paper = A picture or a file arrived; we have not opened or kept it. Please do not send identity cards and papers here: sending them does not register a request. Write your question in words.
media-video = A video arrived; we have not opened it. Please write your question in words.
media-location = Your location arrived; we do not need it. Write the name of the country if you want to know the embassy.
media-contact = A contact card arrived; we have not kept it. If you want us to call you, choose “call me back”.
media-sticker = Hello. Write your question in your own words, or choose:
media-other = Something arrived that we cannot read here. Write your question in words, or choose:

## The route of a request

# Where a page stands in a text of several pages.
page-of = ({ $page } of { $pages })
route-intro = A request for help passes through three places: the Saudi embassy in your country, then the Ministry of Foreign Affairs, then the association. It cannot be made in this chat.
route-1 = **The Saudi embassy in your country.** The request is made there, and the embassy sends it to the Ministry of Foreign Affairs. A request that has not reached us may be at the embassy or the Ministry; the embassy is the one to ask.
route-2 = **The Ministry of Foreign Affairs.** It receives the request from the embassy, and the association receives the information from it. That is why a request does not reach the association directly.
route-3 = **The association.** It studies the case, makes sure that the information is complete, correct and signed, and then answers with acceptance or refusal. The policy says «خلال مدة لا تقل عن أسبوعين» (“within a period of not less than two weeks”), and sets no upper limit.

## Before going to the embassy

prepare-intro = This explains what helps to know before you go to the embassy. The request itself is made at the embassy, not in this chat.
prepare-1 = **What happens at the embassy?** The embassy receives your request and information and sends them to the Ministry of Foreign Affairs, and from there they go to the association, which studies the case. Ask the embassy before your visit about its hours and how it receives people.
prepare-2 = **The declaration and the signature.** The information is given with the signature of the person who asks for support. Signing means: “You are directly responsible for the correctness of the information.” Read before you sign, ask about what is not clear, and say what you know as it is.
prepare-3 = **Papers.** We have no published list of the papers needed. The embassy tells you what it needs. Do not send pictures of identity cards and papers in this chat.
prepare-4 = **Questions that help you at the embassy.** Has the request been sent to the Ministry of Foreign Affairs? By which number or date can we follow it? Whom do we ask after that? The policy mentions no fees: if anybody asks you for money, tell us.

## Which embassy

embassy-ask = In which country do you live? Write its name, or choose:
embassy-ask-again = We did not recognise the country. Write it once more, the name alone, or ask for a person.
embassy-in = **Saudi missions in { $country }:**
embassy-line =
    { $kind }, { $city }
    • Telephone: { $phone }
    • E-mail: { $email }
    • Site: { $url }
mission-embassy = Embassy
mission-consulate = Consulate
mission-other = Mission
embassy-note = This is from a list of 2022; check it on the site of the Ministry of Foreign Affairs before you go.
embassy-check = Note: this mission may not be receiving people now. Make sure before you travel to it.
embassy-closed = Note: the list says that one of these missions is closed.
embassy-instead = According to the association you can go to the Saudi embassy in { $country } instead.
embassy-covered = The list has no Saudi embassy in { $country }. According to the list it is served by the Saudi embassy in { $city }, { $covering }.
embassy-none = The list has no Saudi embassy in { $country }, and none that serves it. Ask the Ministry of Foreign Affairs, or ask for a person.
embassy-inside = The published procedure begins at the Saudi embassy in the country where you live, outside the Kingdom; it does not mention people who live inside. If you are inside the Kingdom, ask for a person to read your case.
not-available = not available

## Tickets

ticket-about-complaint = We are sorry for what troubled you. A person reads your complaint, and it has a number to follow it by.
ticket-about-suggestion = Your view helps us to improve. A person reads your suggestion, and it has a number to follow it by.
ticket-about-volunteer = Thank you for wanting to help. A person reads your message, and it has a number to follow it by.
ticket-about-call-back = You can ask for a person to call you. A person reads your message, and it has a number to follow it by.
ticket-about-data-request = You may ask for a copy of your data or for its correction. A person reads this, and it has a number to follow it by.
ticket-consent = Do you agree that we keep what you write, so that our staff read it and follow it up?
ticket-consent-first = First we need your consent to keep what you write. Do you agree?
ticket-declined = All right, we will open no message to our staff with it. You can ask the Saudi embassy in your country, or come back whenever you like.
ticket-ask-complaint = Write your complaint: what happened, when and where? You can use more than one message.
ticket-ask-suggestion = Write your suggestion in your own words.
ticket-ask-volunteer = Write how you would like to help, from which country, and how we reach you.
ticket-ask-call-back = Write in your own words: on which number or in which way shall we call, what time suits you in your country, and what is it about?
ticket-ask-data-request = Write what you ask for: a full copy of your data, a correction, or something else.
ticket-no-identity = Do not write identity or account numbers; we do not need them.
ticket-opened = We have noted what you wrote. The number: **{ $reference }**. Keep it for following up.
ticket-add-more = You can write more now, or write “done”.
ticket-added = Added to number { $reference }. Write more, or write “done”.
ticket-write-on = Write what you want to add to number { $reference }, or write “done”.
ticket-already-open = You have an open message of this kind, number **{ $reference }**. Write what you want to add to it.
ticket-done = Thank you. What you wrote is kept under number **{ $reference }**.
ticket-cancelled = All right, we noted nothing. Choose what you like:
ticket-kind-question = question for a person
ticket-kind-complaint = complaint
ticket-kind-suggestion = suggestion
ticket-kind-volunteer = volunteering
ticket-kind-call-back = call-back
ticket-kind-data-request = data request
ticket-kind-danger = most urgent message
ticket-kind-person-needed = urgent message
ticket-kind-undelivered = message that did not arrive
ticket-status-open = waiting for a person
ticket-status-taken = with a person
ticket-status-closed = closed

## Where is my request

choice-status = My request
status-ask = To tell you where your request is we first make sure that it is yours. **Write the number of your request** as it was given to you, and no identity number.
status-not-here-yet = It may not have reached the association yet: it passes through the embassy, then the Ministry of Foreign Affairs. If you have no number, ask the embassy, or write “officer”.
# Said for every number, known or not: it must tell nothing.
proof-sent = If this number is with us, a code has gone to the contact on file. **Write the code here** before its time is over (in minutes: { $minutes }). If nothing arrives, write “officer”: they make sure in another way.
proof-wrong = This code is not right, or its time is over. Write the code again, or the number of the request to start anew, or “officer”.
proof-locked = To protect those whose requests these are, no more tries are taken from here for a while (in minutes: { $minutes }). Nothing of your request is lost, and you can talk to an officer now.
proof-done = Thank you, we are sure now. From now on you can ask here with “my request”. On a shared telephone, write “unlink my request” after reading.
proof-expired = Some time has passed since we last made sure, so we do it again. **Write the number of your request.**
proof-by-officer = An officer of the association has confirmed that the request is yours. Write “my request” at any time to learn where it is.
proof-unlinked = This account is not linked to any request any more, and we tell nothing of one here. The request itself has not changed.
# Goes to the contact on file, not to this conversation.
proof-code = Your code to see your request at the Awasir charity: { $code }. It is good for (in minutes): { $minutes }. Give it to nobody. If you did not ask for it, ignore it.
proof-code-subject = Awasir charity
status-of = **Your request { $reference }**
status-with-embassy = It is with the embassy. Next it goes to the Ministry of Foreign Affairs, then to the association. You can ask the embassy with which number and on which date it was sent on.
status-with-ministry = It is with the Ministry of Foreign Affairs. Next it comes to the association to be studied. There is nothing you have to do now, unless papers are asked for.
status-received = It has reached the association. Next the case is studied. There is nothing you have to do now.
status-studying = It is with the association and being studied. Next the details are confirmed, then the answer is given. There is nothing you have to do, unless papers are asked for.
status-completing = It waits for papers or details. Once they arrive the study goes on. What is missing is handed in at the embassy; to ask about it, write “officer”.
status-confirming = It is with the association, and the details are being confirmed. Next the answer is given.
status-decided = There is a decision, and an officer of the association tells you of it. Write “officer” if you want to know it now.
status-accepted = It is decided: **the request is accepted**. To ask what comes next, write “officer”.
status-refused = It is decided: **the request is not accepted**. We know that this is hard. You can ask an officer what may be asked: write “officer”.
status-closed = The matter is closed. If something in your situation changes, ask the embassy, or write “officer”.
status-returned = It was sent back for completion. Ask the embassy where you applied, or write “officer”.
status-since = Since { $day } { $month } { $year } / { $hijri-day } { $hijri-month } { $hijri-year }.
status-by-embassy = As the embassy told us.
status-by-ministry = As the Ministry of Foreign Affairs told us.
status-by-staff = As staff of the association noted.
status-missing = **Missing from the file:**
status-paper = • { $paper }
status-paper-returned = • Sent back to you: { $paper }. The reason: { $reason }
status-paper-received = • Reached us: { $paper }; nobody has looked at it yet.
# Completion through the embassy always stays possible, and is always named.
papers-embassy = Papers are handed in **at the embassy**, which is always possible. Please do not send them in the chat.
papers-ways = Papers are handed in **at the embassy**, which is always possible, or uploaded **on our own page**: write “send a paper”. Please do not send them in the chat.
papers-none = We are not waiting for any paper from you now.
papers-link = The page for your papers: { $link }
    The link is good for (minutes): { $minutes }
papers-link-care = The link is for you alone, so please give it to nobody. When it has run out, write “send a paper”. Handing papers in at the embassy is always possible.
papers-no-link = Uploading papers on our page is not available now. Please hand them in at the embassy.
choice-papers = Send a paper
paper-taken = We have received: **{ $paper }**. An officer looks at it. If it has more pages, please upload them too.
paper-taken-unscanned = We have received: **{ $paper }**. The file is checked first, then an officer looks at it.
paper-refused-infected = We did not accept the file for **{ $paper }**: the scanner found something harmful in it. Please take a new picture and upload it, or hand the paper in at the embassy.
paper-fault-empty = There is nothing in this file. Please choose it again.
paper-fault-large = The file is too large. Take the picture with a lower resolution, or upload each page by itself.
paper-fault-heic = This is a HEIC picture, which cannot be opened everywhere. Take a screenshot of it and upload that, or choose “Most Compatible” in the camera's settings and take it again.
paper-fault-archive = We do not accept compressed files. Please upload each picture or PDF by itself.
paper-fault-double = Another file is hidden in this one, so we did not accept it. Please take a new picture of the paper.
paper-fault-pixels = The picture is larger than we can open. Please take it with a lower resolution.
paper-fault-damaged = We could not open the file; part of it may be missing. Please upload it again, or take a new picture.
paper-fault-active = This PDF holds commands or attached files, so we did not accept it. Take a picture of the paper, or save it as a PDF again.
paper-fault-locked = This PDF is protected with a password. Upload it without one, or take a picture of the paper.
paper-fault-other = We accept only a picture (JPEG, PNG or WebP) or a PDF. Take a picture of the paper and upload that.
paper-fault-infected = The scanner found something harmful in the file, so we did not accept it. Please take a new picture and upload it, or hand the paper in at the embassy.
status-received-at = It reached the association on { $day } { $month } { $year } / { $hijri-day } { $hijri-month } { $hijri-year }.
status-least-time = The policy says that the answer is given «خلال مدة لا تقل عن أسبوعين» (“within a period of not less than two weeks”), and sets no upper limit.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
hijri-month-1 = Muharram
hijri-month-2 = Safar
hijri-month-3 = Rabi al-Awwal
hijri-month-4 = Rabi al-Akhir
hijri-month-5 = Jumada al-Ula
hijri-month-6 = Jumada al-Akhirah
hijri-month-7 = Rajab
hijri-month-8 = Shaban
hijri-month-9 = Ramadan
hijri-month-10 = Shawwal
hijri-month-11 = Dhu al-Qadah
hijri-month-12 = Dhu al-Hijjah

## My data

data-intro = **What we keep about you in this chat:**
data-received = { PLURAL($count) ->
    [one] • { $count } message from you
   *[other] • { $count } messages from you
}
data-sent = { PLURAL($count) ->
    [one] • { $count } message from us
   *[other] • { $count } messages from us
}
data-since = • since { $date }
data-consent-informed = • you were shown the privacy line on { $date }
data-consent-ticket = • you agreed on { $date } that we keep what you write for our staff
data-tickets = { PLURAL($count) ->
    [one] • { $count } message with our staff:
   *[other] • { $count } messages with our staff:
}
# One ticket of the list above. $kind and $status are phrases ticket-kind-… and ticket-status-….
data-ticket = { $reference }: { $kind }, { $date }, { $status }
data-copy = You have the right to see all of your data, to correct it and to have it deleted. For the full copy choose “Copy of my data”.
erase-ask = **Deleting your data.** Deleted for good: the texts of your messages and our answers, your language, your consents, the texts of your messages to our staff, the files of papers you uploaded, and open messages to staff are closed.
    What stays: the date of the deletion, and counts and ratings that do not point to you. A request for help at the embassy, the Ministry or the association does not change.
    Shall we delete it?
erase-kept = All right, we deleted nothing. Choose what you like:
erased = We are deleting your data of this chat now. If you write to us after this, we start anew. We wish you well.

## What the program adds by itself

# At the end of a text that is longer than the channel carries.
cut-short = … The message had no room for the rest of the answer. Write “officer” if you need it.
# A notice that nobody asked for says only this, on every channel.
notice-update = From Awasir: there is an update on your request. Write “my request” to see it.
something-went-wrong = Something went wrong on our side; your message is kept. Please write again in a little while, or write “officer”.
# Where a text is missing; never wanted.
phrase-missing = Sorry, this text is not available now. Write “officer” if you need help.
