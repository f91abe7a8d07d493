"""The product's dialogues (its section 4), each told once and run through every chat: what somebody says or presses,
what is answered word by word, which buttons stand there, and what the other person is told.

A module is a dialogue. It knows people, words and buttons, and nothing of any chat. `chat.py` is what it speaks to,
`console.py`, `slack.py` and `teams.py` are the chats, `conftest.py` names the ways in which all of it runs.

Another chat joins by one class, a `Chat`, in a module beside these, and by its name in `conftest.WAYS`. What only that
chat has (its own forms, its [Join] button) is left out of `Seen.buttons`: it is that chat's own tests' concern.
"""
