"""The page on which an owner reads a message and her own wallet signs it; no key is ever here.

`fields` says every field in words, `request` is what one page shows, `page/` how it looks, `server`
serves that one page to this machine until it is answered.
"""
