### Words of the web chat's page, its widget and its plain form. What the bot itself says stands in bot.ftl.
### Plain text, no variables: the page shows each as it stands.

chat-title = Awasir · Chat
chat-name = Awasir
chat-association = The charity that cares for Saudi families abroad
chat-description = Ask Awasir about the way of a help request, embassies and how to reach us, at any hour.
# The other language, named in its own words and lettering.
chat-language-label = Language of the page

## Before the first message

chat-welcome-title = Welcome
chat-welcome = Write your question in your own words. An automatic assistant answers at any hour, and you can ask for a person whenever you like.
chat-suggestions = Questions to start with
# Sent as it stands when it is pressed.
chat-suggestion-apply = How do I apply for help?
chat-suggestion-status = Where is my request?
chat-suggestion-embassy = Which embassy do I go to?
chat-suggestion-officer = I want to talk to a person
chat-notes = Before you write
chat-note-privacy = We need no identity number and no pictures of papers here.
chat-note-fees = The association's policy mentions no fees. If anyone asks you for money, tell us.
chat-note-danger = If someone is in danger now, call the emergency service of the country you are in; this chat is not watched at all hours.

## Conversation

chat-log = Messages of the chat
chat-skip = To the message box
chat-input = Your message
chat-placeholder = Write your message…
chat-send = Send
# Read aloud before a message.
chat-us = Awasir:
chat-you = You:
chat-choices = Choices
chat-pressed = (a choice from the list)
chat-attachment = (attachment)
chat-typing = The answer is on its way
chat-new = New messages
chat-today = Today
chat-yesterday = Yesterday

## Where a message stands

chat-sending = Sending…
chat-sent = Sent
chat-failed = Not sent. Tap to try again
chat-refused = This message was not accepted. It may be too long
chat-offline = No internet connection now. We keep your message and send it when the connection is back.
chat-online = The connection is back.
chat-slow = Many messages came in a short time. We wait a little and then send yours.

## Ending

chat-end = End chat
chat-end-question = End the chat on this device?
chat-end-explained = The messages disappear from this device, so whoever uses it after you cannot read them.
chat-end-yes = Yes, end it
chat-end-no = No, go back
chat-ended = The chat on this device has ended. Your next message starts a new one.
chat-expired = The earlier chat has ended. Your next message starts a new one.

## Widget

chat-widget-open = Ask Awasir
chat-widget-close = Close the chat
chat-widget-title = Awasir chat

## Without JavaScript

chat-refresh = Show new replies
chat-waiting = We have your message. Press “Show new replies” in a moment.
chat-busy = We could not take your message just now; it is still in the box. Please send it again in a minute.
