"""The legal record of the invented people: cases, charges, hearings and decisions that fit what is told of them."""
