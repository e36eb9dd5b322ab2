"""URLs by which one could hope to reach what is not public. Import `LOOPBACK`, `ELSEWHERE`, `ODD`.

`{port}` is the port of a server that must not be asked. By whatever of LOOPBACK the system takes
for 127.0.0.2 or for itself, that server would answer.
"""

# Spellings of this machine, the way resolvers and libraries have read them (WHATWG URL, 3.5).
_LOOPBACK = """
http://127.0.0.2:{port}/ http://127.0.0.2.:{port}/ http://2130706434:{port}/
http://017700000002:{port}/ http://0x7f000002:{port}/ http://0x7f.0x0.0x0.0x2:{port}/
http://0177.0.0.2:{port}/ http://0177.0.0.02:{port}/ http://127.2:{port}/ http://127.0.2:{port}/
http://0x7f.2:{port}/ http://127.0.0.0x2:{port}/ http://00000127.0.0.2:{port}/
http://127.000.000.002:{port}/ http://1.127.0.0.2:{port}/ http://127.0.0.258:{port}/
http://4294967295:{port}/ http://6425673730:{port}/ http://0:{port}/ http://0.0.0.0:{port}/
http://00.0.0.0:{port}/ http://0x0:{port}/ http://127。0。0。2:{port}/ http://127．0．0．2:{port}/
http://127｡0｡0｡2:{port}/ http://１２７.0.0.2:{port}/ http://①②⑦.0.0.2:{port}/ http://⑫7.0.0.2:{port}/
http://𝟏𝟐𝟕.0.0.2:{port}/ http://127.0.0.2%2f:{port}/ http://127.0.0.2%00.example.com:{port}/
http://127%2e0%2e0%2e2:{port}/ http://localhost%00.example.com:{port}/
http://loc%61lhost.example@127.0.0.2:{port}/ http://[::1]:{port}/ http://[0:0:0:0:0:0:0:1]:{port}/
http://[0000::0001]:{port}/ http://[::]:{port}/ http://[::ffff:127.0.0.2]:{port}/
http://[::ffff:7f00:2]:{port}/ http://[0:0:0:0:0:ffff:7f00:2]:{port}/ http://[::127.0.0.2]:{port}/
http://[::7f00:2]:{port}/ http://[::ffff:0:7f00:2]:{port}/ http://[64:ff9b::7f00:2]:{port}/
http://[64:ff9b:1::7f00:2]:{port}/ http://[2002:7f00:2::]:{port}/ http://[2001:0:7f00:2::]:{port}/
http://[2a00:1450::5efe:7f00:2]:{port}/ http://[fe80::1%25lo]:{port}/ http://[::1%25lo]:{port}/
http://[::1%lo]:{port}/ http://[::1]example.com:{port}/ http://[::1]@example.com:{port}/
http://[127.0.0.2]:{port}/ http://[::1:{port}/ http://::1:{port}/ http://localhost:{port}/
http://LocalHost.:{port}/ http://ｌｏｃａｌｈｏｓｔ:{port}/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/
http://localhost.localdomain:{port}/ http://ip6-localhost:{port}/ http://loopback:{port}/
http://a.localhost:{port}/
"""

# Other people's inner networks, and services that clouds keep at fixed addresses.
_ELSEWHERE = """
http://10.0.0.1/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.255.255/
http://192.168.0.1/ http://192.168.1.254/ http://100.64.0.1/ http://100.100.100.200/
http://169.254.169.254/latest/meta-data/ http://169.254.170.2/v2/credentials/
http://168.63.129.16/ http://192.0.0.192/ http://198.18.0.1/ http://192.0.2.1/ http://224.0.0.1/
http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/ http://[fd00:ec2::254]/
http://[fc00::1]/ http://[fe80::1]/ http://[fec0::1]/ http://[ff02::1]/
http://[::ffff:169.254.169.254]/ http://[::ffff:10.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/
http://[2002:a9fe:a9fe::]/ http://[2001:db8::1]/ http://[100::1]/ http://[3fff::1]/
http://[5f00::1]/ http://[2001:20::1]/ http://metadata.google.internal/computeMetadata/v1/
http://redis/ http://db/ http://intranet/ http://router.lan/ http://nas.local/ http://pi.home/
http://x.home.arpa/ http://a.corp/ http://x.onion/ http://x.i2p/ http://x.test/ http://x.invalid/
http://x.private/
"""

# Other schemes, forbidden ports, and what two parsers may read as two things.
_ODD = r"""
file:///etc/passwd file://127.0.0.2/etc/passwd ftp://127.0.0.2:{port}/
gopher://127.0.0.2:{port}/_x dict://127.0.0.2:{port}/x ldap://127.0.0.2:{port}/
tftp://127.0.0.2:{port}/ jar:http://127.0.0.2:{port}!/ data:text/html,x javascript:alert(1)
netdoc:///etc/passwd unix:///var/run/docker.sock http+unix://%2Fvar%2Frun%2Fdocker.sock/
ws://127.0.0.2:{port}/ blob:http://127.0.0.2:{port}/ http://example.com:22/ http://example.com:25/
http://example.com:6379/ http://example.com:5432/ http://example.com:11211/ http://example.com:0/
http://example.com:65536/ http://example.com:-80/ http://example.com:８０/ http://example.com:80a/
http://ada@127.0.0.2:{port}/ http://ada:secret@127.0.0.2:{port}/ http://@127.0.0.2:{port}/
http://example.com@127.0.0.2:{port}/ http://example.com:80@127.0.0.2:{port}/
http://127.0.0.2:{port}\@example.com/ http://example.com\@127.0.0.2:{port}/
http:\\127.0.0.2:{port}/ http:/127.0.0.2:{port}/ http:127.0.0.2:{port}/ http:///127.0.0.2:{port}/
http://127.0.0.2:{port}:80/ http://exa[mple.com/ http://example.com%0d%0aX:1/ http://example..com/
http://-x.example/
"""

LOOPBACK = _LOOPBACK.split()
ELSEWHERE = _ELSEWHERE.split()
ODD = [
    *_ODD.split(),
    "http://127.0.0.2\t:{port}/",
    "http://127.0.0.2 :{port}/",
    "http://example.com\r\nHost: 127.0.0.2/",
    "http://example.com/\r\nX-Injected: 1",
    "http://example.com/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "http://example.com/\x00",
    "\x01http://127.0.0.2:{port}/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 140 + "example/",
    "http://example.com/" + "a" * 10_000,
]
