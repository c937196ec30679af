"""PostgreSQL as Django speaks to it, with a deadline on our side of every answer."""
