"""Documents of cases: a file that somebody sent becomes pictures of its pages, and nothing else.

`worker` decodes the file in a process of its own and hands over bare pixels; `reading` starts it
and bounds it; `page_picture` encodes a page; `pdf` writes the new file; `files` keeps them.
"""
