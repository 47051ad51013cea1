"""Runs assets/verify.py over many bundles in one process, for the tests.

Each line of stdin is {"folder", "trust", "previous"?}, where the folder may be a proof's file; each line of stdout is {"exit", "places", "lines"}.
What gpg answered once to the same keys, signature and content is not asked again.
"""
import contextlib, hashlib, importlib.util, io, json, os, sys, threading

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('verify', sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


class RememberingGpg(verify.Gpg):
    answers = {}

    def __init__(self):
        super().__init__()
        self.imports, self.imported, self.lock = [], 0, threading.Lock()

    def run(self, arguments, data=b'', prefix=''):
        contents = [open(name, 'rb').read() if os.path.isfile(name) else name for name in arguments]
        key = hashlib.sha256(repr((self.imports, contents, data, prefix)).encode()).digest()
        if key not in self.answers:
            with self.lock:
                for certificate in self.imports[self.imported:]:
                    super().run(['--import'], certificate)
                self.imported = len(self.imports)
            self.answers[key] = super().run(arguments, data, prefix)
        if arguments == ['--import']:
            self.imports.append(data)
        return self.answers[key]


verify.Gpg = RememberingGpg
for line in sys.stdin:
    asked = json.loads(line)
    previous = asked.get('previous')
    if previous is not None:
        with open(os.path.join(previous, 'checkpoint'), 'rb') as file:
            previous = verify.parse_checkpoint(file.read())
    kind = verify.Bundle if os.path.isdir(asked['folder']) else verify.Proof
    bundle = kind(asked['folder'], asked['trust'])
    printed = io.StringIO()
    bundle.check(previous)
    with contextlib.redirect_stdout(printed):
        code = verify.report(bundle)
    verify.shutil.rmtree(bundle.gpg.home, ignore_errors=True)
    places = sorted({'%s %s' % (place, code_) for place, code_, _ in bundle.problems})
    print(json.dumps({'exit': code, 'places': places, 'lines': printed.getvalue().splitlines()}), flush=True)
