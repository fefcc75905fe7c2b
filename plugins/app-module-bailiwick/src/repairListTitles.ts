/** Writes "APIs" in titles of Backstage's lists, which derive the plural from the kind: "All apis (0)", "All APIS (3)". */
export function repairListTitles(page: ParentNode): void {
  const titles = page.querySelectorAll('.MuiToolbar-root .MuiTypography-h5');
  for (const title of titles) {
    const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      const repaired = text.data.replace(/\bapis\b/gi, 'APIs');
      if (repaired !== text.data) text.data = repaired;
    }
  }
}
