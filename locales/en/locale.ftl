### The language itself and the words that people write instead of pressing a button.
### Each list is compared, folded, with the WHOLE message; a word stands in one list only. Separate with ` | `.

own-name = English
direction = ltr

words-officer = officer | agent | human | person | a person | real person | staff | employee | talk to officer | talk to an officer | talk to a person | talk to someone | talk to a human | speak to someone | speak to a person | speak to an officer | i want to talk to someone | i want to speak to someone | can i talk to someone | i need a person | operator | representative
words-menu = main menu | options | home
words-help = help | how does this work | what can you do | instructions
words-back = back | go back | previous
words-cancel = cancel | never mind | nevermind | forget it
words-stop = stop messages | stop sending | stop sending messages | no more messages | opt out | quit
words-start = resume | start again | begin | opt in
words-stop-reminders = stop reminders | no reminders | no more reminders | stop reminding me
words-yes = yes | yeah | yep | ok | okay | sure | i agree | agree | y | yes please | correct | right
words-no = no | nope | no thanks | no thank you | i disagree | disagree | n | not really
words-language = language | change language | languages
words-arabic = arabic | in arabic
words-english = english | in english
words-route = route | the route | steps | stages | how does my request travel
words-embassy = embassy | which embassy | my embassy | embassy address | embassy phone
words-prepare = prepare | prepare for the embassy | before the embassy | what happens at the embassy
words-complaint = complaint | complain | i want to complain | make a complaint | i have a complaint
words-suggestion = suggestion | suggest | i have a suggestion | idea
words-volunteer = volunteer | volunteering | i want to volunteer
words-callback = call me | call me back | callback | call back | please call me
words-my-data = my data | my information | what do you keep about me
words-erase-my-data = delete my data | erase my data | remove my data | delete my information
words-data-request = copy of my data | data request | i want a copy of my data | correct my data
words-my-request = my request | where is my request | wheres my request | request status | status of my request | status | my case | track my request
words-send-paper = send a paper | send paper | upload a paper | upload | upload papers | send my papers
words-unlink = unlink my request | unlink | unlink my account
words-watch = tell me when it arrives | tell me when it reaches you | notify me when it arrives | let me know when it arrives
words-stop-watch = stop telling me | stop watching | cancel the watch
words-which-code = which code | what code | what is the code | what's the code | whats the code | the code did not arrive | no code | i got no code
words-rate = rate | rating | rate the service
words-good = good | helpful | great | useful | that helped
words-bad = bad | not helpful | useless | that did not help | not useful
words-thanks = thanks | thank you | thank you very much | thanks a lot | many thanks | thx | ty | god bless you
words-greeting = hello | hi | hey | good morning | good evening | good afternoon | hello there | hi there | greetings
words-goodbye = bye | goodbye | good bye | see you
words-skip = skip
words-done = done | finished | that is all | thats all | i am done | im done
words-none-of-these = none of these | none | something else | other | neither | none of them
words-ordinal-1 = first | the first | the first one | first one | one | number one | number 1 | 1st
words-ordinal-2 = second | the second | the second one | second one | two | number two | number 2 | 2nd
words-ordinal-3 = third | the third | the third one | third one | three | number three | number 3 | 3rd
words-privacy = privacy | privacy policy
