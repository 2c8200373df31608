"""How the page looks, beyond what Streamlit's theme can set."""

STYLE = """<style>
.stApp { line-break: strict; word-break: auto-phrase; overflow-wrap: anywhere; }
.stApp.stApp :is(h1, h2, h3, h4, p, label, li, summary) { word-break: auto-phrase; }
[data-testid=stMainBlockContainer] { max-width: 64rem; padding-top: 3.5rem; }
.stApp h1 { font-size: 1.75rem; padding: 0.25rem 0; }
.stApp h2 { font-size: 1.25rem; padding: 0.75rem 0 0.25rem 0; }
.stApp h3 { font-size: 1.05rem; padding: 0.75rem 0 0.25rem 0; }
.stApp :focus-visible:not(input, textarea), .stApp label:has(input:focus-visible) {
  outline: 3px solid #0b57a4; outline-offset: 2px; }
.stApp [data-testid=stMain]:focus-visible { outline-offset: -3px; }
.stApp [data-testid=stCaptionContainer] { opacity: 1; color: #4a4f57; }
.jirei-text { white-space: pre-wrap; overflow-wrap: anywhere; line-break: strict; }
.jirei-case { border-left: 4px solid #8a8f98; padding: 0.2rem 0 0.2rem 0.8rem; margin: 0.4rem 0; }
.jirei-case.match { border-left-color: #1a6b3c; }
.jirei-label { border: 1px solid currentColor; border-radius: 3px; padding: 0 0.4em; }
.jirei-case blockquote, .jirei-table blockquote { margin: 0.4rem 0 0 0; padding: 0; border: 0; }
.jirei-where { font-size: 0.875rem; opacity: 0.85; overflow-wrap: anywhere; }
.jirei-table { width: 100%; border-collapse: collapse; }
.jirei-table th, .jirei-table td { text-align: left; vertical-align: top; padding: 0.4rem;
  border-bottom: 1px solid #8a8f98; overflow-wrap: anywhere; line-break: strict; min-width: 5em; }
.jirei-table th[scope=row] { min-width: 6em; }
.jirei-wide { overflow-x: auto; }
.stApp .jirei-list { list-style: none; margin: 0; padding: 0; }
.stApp .jirei-list li { margin: 0; padding: 0.5rem 0; border-bottom: 1px solid #c9ccd1; }
.stApp .jirei-facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem;
  margin: 0; padding: 0; }
.stApp .jirei-facts dt { font-weight: 600; }
.stApp .jirei-facts dd, .stApp .jirei-facts ul { margin: 0; }
.stApp .jirei-contents { border: 1px solid #8a8f98; border-radius: 6px; padding: 0.5rem 1rem; }
.stApp .jirei-contents ul { list-style: none; margin: 0; padding: 0; }
.stApp .jirei-contents li { margin: 0.2rem 0; }
.stApp .jirei-contents .level-2 { padding-left: 1rem; }
.stApp .jirei-contents .level-3 { padding-left: 2rem; }
.stApp .jirei-contents .level-4 { padding-left: 3rem; }
.stApp .jirei-body { word-break: normal; }
.stApp .jirei-body :is(h3, h4, h5, h6) { font-size: 1.05rem; padding: 0.25rem 0; }
.jirei-source { border: 1px solid #8a8f98; border-radius: 4px; padding: 0.5rem 0.7rem;
  margin: 0.4rem 0; }
.jirei-passage { margin-top: 0.5rem; }
.jirei-source ul, .jirei-why table { margin: 0.3rem 0 0 0; }
.jirei-cases { table-layout: fixed; }
.jirei-cases .jirei-who { width: 7em; }
.jirei-cases .jirei-when { width: 6em; }
.jirei-cases .jirei-effect { width: 28%; }
[data-testid=stPopoverBody] [data-testid=stCaptionContainer] { opacity: 1; color: #4a4f57; }
.jirei-whole { white-space: nowrap; }
.jirei-why table { border-collapse: collapse; font-size: 0.875rem; }
.jirei-why th, .jirei-why td { text-align: left; padding: 0.15rem 0.8rem 0.15rem 0;
  border-bottom: 1px solid #c4c8ce; vertical-align: top; }
.jirei-why td.jirei-number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
details { margin-top: 0.4rem; }
summary { cursor: pointer; font-size: 0.875rem; }
mark { background: #ffe58a; color: #1c1c1c; padding: 0.05em 0; }
@media (max-width: 640px) {
  .stApp .jirei-facts { grid-template-columns: 1fr; }
  .jirei-table thead { display: none; }
  .jirei-comparison td::before { content: attr(data-place); display: block; font-weight: 600; }
  .jirei-table tr, .jirei-table th, .jirei-table td { display: block; border: 0; }
  .jirei-table tr { border-bottom: 1px solid #8a8f98; padding: 0.5rem 0 0.5rem 0.8rem; }
  .jirei-cases [data-label]::before { content: attr(data-label); display: block;
    font-size: 0.875rem; opacity: 0.85; }
}
@media print {
  [data-testid=stSidebar], [data-testid=stHeader], [data-testid=stChatInput],
  [data-testid=stToolbar], [data-testid=stPopover], [data-testid=stButton],
  [data-testid=stButtonGroup], [data-testid=stForm], [data-testid=stRadio],
  [data-testid=stDownloadButton], [data-testid=stExpander]:has([data-testid=stDownloadButton]),
  .jirei-why, .jirei-passage, .jirei-source mark { display: none !important; }
  [data-testid=stAppViewContainer], [data-testid=stMain], .stApp, section {
    position: static !important; overflow: visible !important; height: auto !important; }
  [data-testid=stMainBlockContainer] { padding: 0 !important; max-width: none !important; }
  details::details-content { content-visibility: visible !important; block-size: auto !important; }
  blockquote, .jirei-source li { break-inside: avoid; }
}
</style>"""

LANGUAGE = '<script>document.documentElement.lang = "{lang}"</script>'
"""Tells screen readers, fonts and line breaks which language it is: Streamlit says English."""
