// The link that the server shows has the token behind its #, where no log sees it. It goes into the form and out of the address.
const token = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector<HTMLInputElement>("#token");
if (token && field?.form && location.pathname === "/sign-in") {
  history.replaceState(null, "", location.pathname);
  field.value = token;
  field.form.requestSubmit();
}
