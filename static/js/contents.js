// The contents follow the reading: the entry of the section in sight is the current one.
const entries = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) {
    entries.set(heading, link);
  }
}

function follow() {
  let current;
  for (const [heading, link] of entries) {
    link.removeAttribute("aria-current");
    if (heading.getBoundingClientRect().top < innerHeight / 3) {
      current = link;
    }
  }
  current?.setAttribute("aria-current", "true");
  const list = current?.closest(".contents-list");
  if (list?.scrollHeight > list?.clientHeight) {
    list.scrollTop = current.offsetTop - list.clientHeight / 2;
  }
}

// A heading that crosses this line begins or ends a section. All above it counts as in sight: a leap may take a heading
// from below the window to above it at once.
const observer = new IntersectionObserver(follow, { rootMargin: "10000000px 0px -66.6%" });
entries.forEach((_link, heading) => observer.observe(heading));
