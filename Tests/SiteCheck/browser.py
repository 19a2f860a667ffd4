"""A headless Chromium, driven over its debugging protocol."""

import base64
import json
import subprocess
import tempfile
import time
import urllib.request

import websocket


class Browser:
    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--font-render-hinting=none", "--remote-allow-origins=*",
             "--remote-debugging-port=0", f"--user-data-dir={self.profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = self._port()
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        address = next(p for p in pages if p["type"] == "page")["webSocketDebuggerUrl"]
        self.socket = websocket.create_connection(address, timeout=60)
        self.number = 0
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def _port(self):
        for _ in range(120):
            try:
                with open(f"{self.profile.name}/DevToolsActivePort") as file:
                    return int(file.readline())
            except (FileNotFoundError, ValueError):
                time.sleep(0.25)
        raise SystemExit("check-site: Chromium did not start")

    def call(self, method, **parameters):
        self.number += 1
        self.socket.send(
            json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def view(self, width, scheme, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 500)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def scripts(self, are_on):
        self.call("Emulation.setScriptExecutionDisabled", value=not are_on)

    def open(self, address):
        """Opens a page and returns its errors and the addresses that it asked for."""
        self.events.clear()
        self.call("Page.navigate", url=address)
        end = time.time() + 30
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            if time.time() > end:
                return ["the page did not load"], []
            self.events.append(json.loads(self.socket.recv()))
        time.sleep(0.1)
        self.evaluate("0")
        errors, asked = [], []
        for event in self.events:
            method, facts = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and facts["entry"]["level"] in ("error", "warning"):
                errors.append(facts["entry"]["text"])
            elif method == "Runtime.exceptionThrown":
                errors.append(facts["exceptionDetails"]["text"])
            elif method == "Runtime.consoleAPICalled" and facts["type"] in ("error", "warning"):
                errors.append(str(facts["args"])[:200])
            elif method == "Network.requestWillBeSent":
                asked.append(facts["request"]["url"])
        return errors, asked

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                           returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:400])
        return answer["result"].get("value")

    def click(self, selector):
        """A click of the mouse, which needs no script."""
        x, y = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector, text):
        self.evaluate(f"document.querySelector({json.dumps(selector)}).select()")
        if text:
            self.call("Input.insertText", text=text)
        else:
            for kind in ("keyDown", "keyUp"):
                self.call("Input.dispatchKeyEvent", type=kind, key="Backspace",
                          code="Backspace", windowsVirtualKeyCode=8)

    def shot(self, width, height):
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        answer = self.call("Page.captureScreenshot", format="png", clip=clip,
                           captureBeyondViewport=True)
        return base64.b64decode(answer["data"])

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
