"""The icons: name → drawing inside a 24 × 24 square, strokes in the colour of the text around.

Own drawings. Those of MIRRORED mean a direction and are turned round in right-to-left pages.
"""

ICONS = {
    "alert": '<path d="M12 3 2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"/>',
    "bin": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"/>',
    "body": '<path d="M3 21h18M5 21V10M19 21V10M9.7 21V10M14.3 21V10M3 10l9-6 9 6z"/>',
    "bug": (
        '<ellipse cx="12" cy="14" rx="5" ry="6"/><path d="M9 8.5a3 3 0 0 1 6 0M12 8v12M7 12 3 10M7 '
        '15H3M7.5 18 4 20M17 12l4-2M17 15h4M16.5 18l3.5 2"/>'
    ),
    "call": (
        '<path d="M5 3h4l1.5 5L8 9.8a12 12 0 0 0 6.2 6.2L16 13.5l5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 3 '
        '5a2 2 0 0 1 2-2z"/>'
    ),
    "camera": '<path d="M3 7h4l2-3h6l2 3h4v13H3z"/><circle cx="12" cy="13" r="4"/>',
    "check": '<path d="m4 12.5 5.5 5.5L20 6.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "document": '<path d="M6 2h8l5 5v15H6z"/><path d="M14 2v5h5M9 12h7M9 16h7"/>',
    "download": '<path d="M12 3v12M7 10.5l5 5 5-5M4 20h16"/>',
    "drop": '<path d="M12 3s6.5 7 6.5 11.5a6.5 6.5 0 0 1-13 0C5.5 10 12 3 12 3z"/>',
    "edit": '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
    "filter": '<path d="M3 5h18l-7 8v6l-4 2v-8z"/>',
    "flag": '<path d="M5 22V3M5 4h13l-2.5 4.5L18 13H5"/>',
    "home": '<path d="M3 12 12 4l9 8M6 9.5V20h12V9.5"/>',
    "inbox": '<path d="M3 13 6 4h12l3 9v7H3zM3 13h5a4 4 0 0 0 8 0h5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.1"/>',
    "lamp": '<path d="M9 18h6M10 21h4M8.5 14.5a6 6 0 1 1 7 0V18h-7z"/>',
    "list": '<path d="M9 6h12M9 12h12M9 18h12M4 6h.1M4 12h.1M4 18h.1"/>',
    "locate": '<circle cx="12" cy="12" r="6"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4"/>',
    "mail": '<path d="M3 5h18v14H3z"/><path d="m3 6 9 7 9-7"/>',
    "map": '<path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2 20c0-3.9 3-6 7-6s7 2.1 7 6M16 5a3.5 3.5 0 0 1 0 '
        '6.5M18 14.5c2.5.7 4 2.6 4 5.5"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>',
    "pin": '<path d="M12 22s7-7 7-12a7 7 0 1 0-14 0c0 5 7 12 7 12z"/><circle cx="12" cy="10" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "previous": '<path d="m15 5-7 7 7 7"/>',
    "print": '<path d="M7 8V3h10v5M7 18H3V8h18v10h-4M7 14h10v7H7z"/>',
    "reply": '<path d="M10 5 3 12l7 7v-4.5c5 0 8.5 1 11 4.5 0-7-4-11-11-11z"/>',
    "road": '<path d="M8 3 4 21M16 3l4 18M12 4v3M12 10.5v3M12 17v3"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 6 6"/>',
    "send": '<path d="M3 4l19 8-19 8 3-8zM6 12h9"/>',
    "share": '<path d="M12 15V3M8 6.5 12 3l4 3.5M6 11H4v10h16V11h-2"/>',
    "star": '<path d="m12 3 2.7 6 6.3.6-4.8 4.3L17.7 20.5 12 17l-5.7 3.5 1.5-6.6L3 9.6 9.3 9z"/>',
    "transfer": '<path d="M3 8h15M14 4l4 4-4 4M21 16H6M10 12l-4 4 4 4"/>',
    "tool": (
        '<path d="M14 7a5 5 0 0 1 6.5-4.5L17.5 5.5l1 1L21.5 3.5A5 5 0 0 1 15 10.5L6.5 20.5a2 2 0 0 '
        '1-3-3L13.5 9A5 5 0 0 1 14 7z"/>'
    ),
    "tree": (
        '<path d="M12 22v-8M12 17l3-2.5M12 3a5 5 0 0 0-4.6 7A4 4 0 0 0 8.5 17h7a4 4 0 0 0 1.1-7A5 5 0 0 0 12 3z"/>'
    ),
    "van": ('<path d="M2 6h12v11H2zM14 10h4l4 4v3h-8z"/><circle cx="7" cy="18" r="2"/><circle cx="18" cy="18" r="2"/>'),
    "wave": (
        '<path d="M2 9c2.5 0 2.5 2 5 2s2.5-2 5-2 2.5 2 5 2 2.5-2 5-2M2 16c2.5 0 2.5 2 5 2s2.5-2 5-2 2.5 '
        '2 5 2 2.5-2 5-2"/>'
    ),
}
MIRRORED = frozenset({"arrow", "back", "next", "previous", "reply", "send", "list", "van"})
