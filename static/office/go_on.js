// The work goes on by itself, one portion after another; without scripts a button does the same.
const form = document.querySelector("form[data-go-on]");
if (form && !document.querySelector("[role=alert]")) setTimeout(() => form.requestSubmit(), 300);
