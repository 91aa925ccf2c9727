const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escape(text: string): string {
  // Control characters other than tab and line breaks are not allowed in XML 1.0 at all.
  const allowed = [...text].filter((character) => character >= ' ' || '\t\n\r'.includes(character)).join('');
  return allowed.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** An XMP packet whose description says every text, one `keyword: text` a line. */
export function xmpDescription(text: Readonly<Record<string, string>>): string {
  const lines = Object.entries(text).map(([keyword, value]) => `${keyword}: ${value}`);
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escape(lines.join('\n'))}</rdf:li></rdf:Alt></dc:description>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
}
