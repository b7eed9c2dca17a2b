"""WeasyPrint in a process of its own.

It loads while the article is read and cleaned, and lays out while the other editions are made; a crash of a native
library ends that process and not the command. `client.py` starts it, `process.py` is it, `messages.py` is what they
say to each other.
"""
