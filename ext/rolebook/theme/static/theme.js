// Code and tables that scroll in themselves must be in reach of the keyboard, which not every browser sees to.
const regions = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const region of document.querySelectorAll("#content :is(pre, table)")) regions.observe(region);
