"""A headless Chromium on a page, for tests and pictures."""
import os

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait


class Browser:
    wait_s = 40

    def __init__(self):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        arguments = ["headless=new", "disable-gpu", "disable-dev-shm-usage",
                     "hide-scrollbars"]
        if os.geteuid() == 0:
            arguments.append("no-sandbox")
        for argument in arguments:
            options.add_argument(f"--{argument}")
        options.set_capability("goog:loggingPrefs",
                               {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"),
                                       options=options)
        self.driver.set_page_load_timeout(self.wait_s)

    def quit(self):
        self.driver.quit()

    def look_like(self, width, height, dark=False, calm=False):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": width < 600})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme",
                          "value": "dark" if dark else "light"},
                         {"name": "prefers-reduced-motion",
                          "value": "reduce" if calm else ""}]})

    def touch(self, kind, *points):
        """A "touchStart", "touchMove" or "touchEnd" of fingers at (x, y)."""
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": x, "y": y, "id": i}
                                          for i, (x, y) in enumerate(points)]})

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, identifier):
        return self.run("return document.getElementById(arguments[0])"
                        ".textContent", identifier)

    def until(self, what, condition):
        """What the condition gives when it holds."""
        return WebDriverWait(self.driver, self.wait_s, 0.05).until(
            lambda _: condition(), f"not within {self.wait_s} s: {what}")
