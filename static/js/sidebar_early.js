// The sidebar stands open from the first paint on, unless it was closed: a classic script before it, for behind it styles
// look for the page. Django's own, nav_sidebar.js, comes when the page is there.
try {
  if (localStorage.getItem("django.admin.navSidebarIsOpen") !== "false") document.getElementById("main").classList.add("shifted");
} catch {
  // The browser keeps nothing.
}
