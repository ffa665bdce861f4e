### The drawing of the route that goes with the answer to "where is my request?". Short: each line stands in one row of a small picture.
### Nothing of the decision, no name, no number: the picture is the same for everybody at the same stage.

## The stations, and the association's steps

picture-you = You
picture-embassy = Saudi embassy
picture-ministry = Ministry of Foreign Affairs
picture-association = The association
picture-received = Request received
picture-studying = Studying the case
picture-completing = Completing the details
picture-confirming = Confirming the details
picture-decision = Decision

## What stands under the marked row

picture-here = The request is here now
picture-waiting = Waiting for you to complete it
picture-returned = Sent back to you for completion
picture-decided = There is a decision
picture-closed = The matter is closed

## For those who do not see it. $place is one of the rows above, $mark what stands under it.

picture-alt = A drawing of the route: from you to the embassy, then the Ministry of Foreign Affairs, then the association, then the decision. Marked on it: { $place }. { $mark }.
