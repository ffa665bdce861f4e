### Words of the page that explains the API to the programmers of other systems. The document itself is English.
### Plain text, no variables.

api-title = Awasir · API
api-name = Awasir
api-subtitle = The register of requests, for the systems of the Ministry, of embassies and of the association
api-language-label = Language of this page
api-skip = To the calls
api-contents = On this page
api-start = Start
api-start-key = A member of staff makes your key with awasir keys add; it is shown once. Send it in the header Authorization.
api-start-english = What follows is in English and is made from the program itself.
api-document = The whole document (OpenAPI 3.1)
api-calls = Calls
api-scope = Scope
api-parameters = Parameters
api-body = Body
api-answers = Answers
api-needed = needed
api-optional = optional
api-shapes = Shapes
api-problems = Why a call is refused
