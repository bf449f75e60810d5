"""The audit's report as one page: no script, nothing from elsewhere, readable in print.

`document` is the whole, the other modules are its sections. Everything is a tree of elements
(`markup`), so that no text can become markup; the charts are SVG in the same tree, their words are
HTML around them, so that they keep their size on a phone. Of the libraries none draws a page that
needs no script, can be read without colours, and follows the reader's light or dark: what is needed
here is rectangles, polygons and tables.
"""
