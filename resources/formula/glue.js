// tex2svg(tex, display) -> {svg, w, h, depth} in ex, or {err}. Colours stay "currentColor": the painter puts them in.
// Package `html` (links), `require` and `autoload` are left out on purpose: a formula cannot reach outside itself.
(function () {
    var _ = MathJax._;
    var adaptor = _.adaptors.liteAdaptor.liteAdaptor();
    _.handlers.html_ts.RegisterHTMLHandler(adaptor);
    var lastError = '';

    // QtSvg draws no nested <svg viewBox>: stretch the extender glyph exactly instead of clipping one that is too long.
    var mo = _.output.svg.Wrappers.mo.SVGmo.prototype;
    mo.addExtV = function (n, v, H, D, T, B, W) {
        if (!n) return;
        T = Math.max(0, T - 0.1);
        B = Math.max(0, B - 0.1);
        var c = this.getChar(n, v), h = c[0], d = c[1], w = c[2], Y = H + D - T - B;
        if (Y <= 0) return;
        var s = Y / (h + d);
        this.addGlyph(n, v, 0, 0);
        var glyph = this.adaptor.lastChild(this.element);
        this.adaptor.setAttribute(glyph, 'transform', 'translate(' + this.fixed((W - w) / 2) + ','
            + this.fixed(B - D + s * d) + ') scale(1,' + this.jax.fixed(s, 4) + ')');
    };
    mo.addExtH = function (n, v, W, L, R, x) {
        if (!n) return;
        x = x || 0;
        R = Math.max(0, R - 0.1);
        L = Math.max(0, L - 0.1);
        var w = this.getChar(n, v)[2], X = W - L - R;
        if (X <= 0) return;
        var s = X / w;
        this.addGlyph(n, v, 0, 0);
        var glyph = this.adaptor.lastChild(this.element);
        this.adaptor.setAttribute(glyph, 'transform', 'translate(' + this.fixed(x + L) + ',0) scale('
            + this.jax.fixed(s, 4) + ',1)');
    };

    // Rules of tables get their width from a style sheet, which a lone SVG lacks.
    var mtable = _.output.svg.Wrappers.mtable.SVGmtable.prototype;
    mtable.setLineThickness = function (t, style, properties) {
        properties['stroke-width'] = this.fixed(t);
        properties.fill = 'none';
        if (style !== 'solid')
            properties['stroke-dasharray'] = (style === 'dotted' ? '1,' : '') + this.fixed(2 * t);
        return properties;
    };

    // Characters that the TeX fonts lack become <text>; their width is asked of Qt, which will draw them.
    var SVG = _.output.svg_ts.SVG;
    SVG.prototype.measureTextNode = function (node) {
        var a = this.adaptor, size = parseFloat(a.getAttribute(node, 'font-size')) || 884;
        return {
            w: host.measure(a.textContent(node), a.getAttribute(node, 'font-family') || 'serif',
                a.getAttribute(node, 'font-weight') === 'bold',
                a.getAttribute(node, 'font-style') === 'italic') * size / 1000,
            h: .75,
            d: .2
        };
    };

    var packages = ['base', 'ams', 'newcommand', 'configmacros', 'noundefined', 'boldsymbol', 'braket', 'cancel',
        'cases', 'color', 'enclose', 'extpfeil', 'gensymb', 'mathtools', 'mhchem', 'textcomp', 'textmacros',
        'unicode', 'upgreek', 'verb', 'action', 'amscd', 'colortbl', 'noerrors'];
    var tex = new _.input.tex_ts.TeX({
        packages: packages,
        tags: 'none',
        maxMacros: 1000,
        maxBuffer: 5120,
        formatError: function (jax, error) { lastError = error.message; return jax.formatError(error); }
    });
    var svg = new SVG({ fontCache: 'none', mtextInheritFont: false, font: new _.output.svg.fonts.tex_ts.TeXFont() });
    var html = _.mathjax.mathjax.document('', { InputJax: tex, OutputJax: svg });

    global.tex2svg = function (source, display) {
        lastError = '';
        // Numbering is of no use in a conversation, and its nested SVG is not drawn.
        source = source.replace(/\\tag\*?\{([^{}]*)\}/g, '\\qquad\\text{($1)}')
            .replace(/\\label\{[^{}]*\}/g, '').replace(/\\require\{[^{}]*\}/g, '');
        var node = html.convert(source, { display: display, em: 16, ex: 8, containerWidth: 80 * 16 });
        if (lastError) return { err: lastError };
        var element = adaptor.firstChild(node);
        var depth = /vertical-align:\s*(-?[\d.]+)ex/.exec(adaptor.getAttribute(element, 'style') || '');
        return {
            svg: adaptor.outerHTML(element),
            w: parseFloat(adaptor.getAttribute(element, 'width')),
            h: parseFloat(adaptor.getAttribute(element, 'height')),
            depth: depth ? -parseFloat(depth[1]) : 0,
            err: ''
        };
    };
})();
