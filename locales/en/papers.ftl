### Words of the page where papers are sent (`/papers`). Why a file is not taken stands in bot.ftl, `paper-fault-…`.
### Plain text, no variables: the page shows each as it stands.

page-papers-title = Awasir · your papers
page-papers-heading = Send papers
page-papers-association = Charity for the care of Saudi families abroad
page-papers-language-label = Language of the page
page-papers-skip = To the content
page-papers-paste = Paste the whole link here, as it came in the chat
page-papers-paste-why = The page opens by itself when you press the link. If it does not, paste it here.
page-papers-open = Open
page-papers-reference = The request whose number ends in
page-papers-which = Which paper are you sending?
page-papers-state-missing = missing
page-papers-state-returned = sent back to you
page-papers-state-received = reached us; nobody has looked at it yet
page-papers-reason = The reason:
page-papers-file = Picture or file
page-papers-file-help = A clear picture of the whole paper, or a PDF. Each page by itself. A file has at most 20 MB.
page-papers-send = Send
page-papers-sending = The file is on its way; please keep this page open
page-papers-embassy = Handing papers in at the embassy is always possible.
page-papers-privacy = The file is kept encrypted for the officers who need it, and the place and telephone are removed from pictures.
page-papers-none = We are not waiting for any paper from you now.
page-papers-kept = We have received the paper. An officer looks at it.
page-papers-unscanned = We have received the paper. The file is checked first, then an officer looks at it.
page-papers-known = This file reached us before, and it is kept.
page-papers-link = This link has run out or is not whole. Write “send a paper” in the chat to get a new one.
page-papers-no-paper = We are not waiting for this paper now. Please choose from the list.
page-papers-too-many = Many files have come for this request. Please try again later, or hand them in at the embassy.
page-papers-busy = We could not take the file just now; nothing sent before is lost. Please try again in a little while.
