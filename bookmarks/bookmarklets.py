"""The bookmarklets, as code to be dragged to a bookmarks bar. Import `bookmarklets_for`. Pure.

They call `/add` with Pinboard's parameters, so that what people know keeps working.
"""

import json
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Bookmarklet:
    """A link that saves the page one is looking at; `code` is its `javascript:` address."""

    name: str
    explanation: str
    code: str


# The address, title and selected words of the page, as a query string.
PAGE = "'url='+e(d.location.href)+'&title='+e(d.title)"
SELECTION = "+'&description='+e(''+(d.getSelection?d.getSelection():''))"


# What a page says of itself to machines goes along by POST, never more than 60,000 bytes of it:
# what `bookmarks.carried` reads. A site may forbid its pages to send forms elsewhere
# (form-action, CSP 3, 6.4.1); then, and where anything else fails, the window asks for the address
# alone. Names of references, mail addresses and the like are left where they are.
CARRY = """
var l=location,a=%(address)s,k,i,f,n=30000,
u={url:l.href,title:d.title,description:''+(d.getSelection?d.getSelection():''),
jump:'close',source:'bookmarklet'%(more)s},
q=a+'?'+Object.keys(u).map(function(k){return k+'='+e(u[k])}).join('&'),
w=open('','softmarks',%(window)s),
p={url:l.href,meta:[],ld:[]},
t=function(s,n){return(''+(s||'')).trim().slice(0,n)},
z=function(s){return[].slice.call(d.querySelectorAll(s))},
g=function(){w.location=q};
if(!w){l.href=q;return}
try{
p.title=t(d.title,500);p.lang=t(d.documentElement.lang,50);
p.h1=t((d.querySelector('h1')||{}).textContent,500);
p.canonical=t((d.querySelector('link[rel~=canonical]')||{}).href,2000);
z('meta').forEach(function(m){
var k=m.getAttribute('name')||m.getAttribute('property')||m.getAttribute('itemprop')||'',
v=t(m.content,3000);
if(v&&p.meta.length<100&&/^(citation_(?!ref|.*(mail|inst))|bepress_c|prism|dc|og:|article|book:|twitter:(title|desc|label|data)|parsely|sailthru|author|byl|desc|date|pub)/i.test(k))
p.meta.push([k,v])});
z('script[type="application/ld+json"]').forEach(function(s){
var x=s.textContent;
if(x.length<=n){n-=x.length;p.ld.push(x)}});
while(new Blob([k=JSON.stringify(p)]).size>60000&&(p.ld.pop()||p.meta.pop()));
u.carried=k;
f=d.createElement('form');f.method='post';f.action=a+'/carried';f.target='softmarks';
f.acceptCharset='utf-8';f.style.display='none';
for(k in u){i=d.createElement('input');i.type='hidden';i.name=k;i.value=u[k];f.appendChild(i)}
d.addEventListener('securitypolicyviolation',function(v){
if(/^form-action/.test(v.violatedDirective))g()});
d.documentElement.appendChild(f);
HTMLFormElement.prototype.submit.call(f);
setTimeout(function(){d.documentElement.removeChild(f)},999)
}catch(x){g()}
"""


def bookmarklets_for(address: str) -> list[Bookmarklet]:
    """Return the bookmarklets that save at `address`, this site's `/add`."""
    popup = "toolbar=no,scrollbars=yes,resizable=yes,"
    return [
        Bookmarklet(
            "save",
            "Opens a small window with the form; selected words become the description. Brings"
            " along what the page says of itself: its authors, date, journal. So it also knows"
            " pages that shut out robots.",
            _carrying(address, f"{popup}width=720,height=560"),
        ),
        Bookmarklet(
            "save with tags",
            "The same, with your tags to click on.",
            _carrying(address, f"{popup}width=760,height=780", ",showtags:'yes'"),
        ),
        Bookmarklet(
            "save to a list",
            "The same as “save”, with the list chosen that you used last.",
            _carrying(address, f"{popup}width=720,height=620", ",tolist:'yes'"),
        ),
        Bookmarklet(
            "save the address",
            "The small window with nothing but address, title and selected words.",
            _popup(
                address, "jump=close&source=bookmarklet", f"{popup}width=720,height=560", SELECTION
            ),
        ),
        Bookmarklet(
            "read later",
            "Keeps the page as unread after one click, without a form.",
            _popup(
                address,
                "later=yes&noui=yes&jump=close&source=bookmarklet",
                f"{popup}width=420,height=320",
                "",
            ),
        ),
        Bookmarklet(
            "save here",
            "Shows the form in the same window and comes back to the page. For phones.",
            _script(
                f"d.location={_text(address)}+'?next=same&source=bookmarklet&'+{PAGE}{SELECTION}"
            ),
        ),
    ]


def _carrying(address: str, window: str, more: str = "") -> str:
    says = {"address": _text(address), "window": _text(window), "more": more}
    return _script(CARRY.replace("\n", "") % says)


def _popup(address: str, flags: str, window: str, selection: str) -> str:
    target = f"{_text(address)}+'?{flags}&'+{PAGE}{selection}"
    return _script(f"open({target},'softmarks',{_text(window)})")


def _script(statement: str) -> str:
    code = f"(function(){{var d=document,e=encodeURIComponent;{statement};}})()"
    return "javascript:" + quote(code, safe="()!*'~;,/?:@&=+$[]{}")


def _text(text: str) -> str:
    """Return a JavaScript string literal that cannot end the script around it."""
    return json.dumps(text).replace("<", "\\u003c")
