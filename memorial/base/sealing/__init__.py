"""The history of edits as evidence: a chain of digests in the database, its signed head outside of it.

`memorial.base.sealing.form` says what exactly is digested and signed, so that anybody can check it.
"""
