"""What readers see of the filters of people: the list's form and the page of one filter. An edge."""
