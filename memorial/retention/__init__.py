"""How long what is confidential lives, and its end; the periods are `RETENTION` in the settings."""
