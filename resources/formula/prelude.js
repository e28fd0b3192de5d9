// The little that MathJax 3.2.2 needs of a host: V4 in Qt 6.4 is ES2016 without globalThis, and there is no browser.
var global = (function () { return this; })();
var window = global;
var MathJax = {
    loader: { load: [] },
    startup: { typeset: false, ready: function () {} },
    options: {},
    tex: {},
    svg: { fontCache: 'none' }
};
