"""The attention desk: what nobody has looked at for long. A part of the roof, for the office alone."""
