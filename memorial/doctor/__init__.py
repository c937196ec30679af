"""What is wrong with the site and how to mend it: one small look at a time, each in the registry."""
