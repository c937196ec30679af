"""How each figure is counted: a function of the facts and a day, and of nothing else."""
