"""Mail: one message (RFC 5322 or Outlook's .msg) becomes one accessible PDF, composed of what remains of its text.

recognise.py    what kind of mail a file is
parse.py        file ──► Message        mime.py, outlook.py: the two kinds; hypertext.py: HTML to text
compose.py      Message ──► the text of the document and its parts
read.py         file ──► Document       write.py: Document and redactions ──► PDF, set by typst
members.py      attachments, and the mails in a mail or an mbox, as files of their own
"""
