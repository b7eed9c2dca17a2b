"""Which blocks of a web page are the article: what can be counted, what it weighs, and the verdict.

measures.py  one block in numbers
areas.py     the elements of the page and what they hold
features.py  each block with what stands around it, as the model sees it
lexicon.py   words that stand more often in articles, or around them
model.py     the learned model: how much each number weighs
verdict.py   which blocks stay, and why the others go
"""
