"""Every sample reply of every chat, as data and as pictures: `make gallery`. A chat is one module."""
