"""How people and places are put into words and shapes for readers; templates only print it.

Everything here reads what a queryset's `for_list` or `for_detail` has loaded, and asks the
database nothing.
"""
