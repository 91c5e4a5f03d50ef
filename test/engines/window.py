#!/usr/bin/python3
"""A window of WebKitGTK that WebKitWebDriver drives. Its own MiniBrowser is always a private window when it is driven,
where databases take no blobs and a reload keeps nothing; this one has the profile that PROFILE names."""
import os

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import Gtk, WebKit2

profile = os.environ['PROFILE']
data = WebKit2.WebsiteDataManager(base_data_directory=f'{profile}/data', base_cache_directory=f'{profile}/cache')
context = WebKit2.WebContext(website_data_manager=data)
context.set_automation_allowed(True)


def settings():
    chosen = WebKit2.Settings()
    chosen.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
    return chosen


def open_view(_):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings())
    window = Gtk.Window(decorated=False)
    window.set_default_size(int(os.environ['WIDTH']), int(os.environ['HEIGHT']))
    window.add(view)
    window.show_all()
    return view


def started(_, session):
    info = WebKit2.ApplicationInfo()
    info.set_name('window')
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(info)
    session.connect('create-web-view', open_view)


def download(_, file):
    def choose(_, name):
        file.set_destination(f'file://{profile}/downloads/{name}')
        return True

    file.connect('decide-destination', choose)


context.connect('automation-started', started)
context.connect('download-started', download)
Gtk.main()
