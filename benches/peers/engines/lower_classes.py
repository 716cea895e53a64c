"""Copies jars with the version of their classes lowered, so that an older
javac compiles against them: lower_classes.py OUT JAR…. They run from the
originals, in a newer virtual machine."""

import sys
import zipfile

JAVA_17 = 61


def main(out, *jars):
    with zipfile.ZipFile(out, "w") as target:
        for jar in jars:
            with zipfile.ZipFile(jar) as source:
                for name in source.namelist():
                    if not name.endswith(".class") or name.startswith("META-INF") or name in target.NameToInfo:
                        continue
                    data = source.read(name)
                    version = min(int.from_bytes(data[6:8], "big"), JAVA_17)
                    target.writestr(name, data[:6] + version.to_bytes(2, "big") + data[8:])


if __name__ == "__main__":
    main(*sys.argv[1:])
