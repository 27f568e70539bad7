# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Many fleets in one session of spark-sql: it takes longer to start than to answer."""

import json
import os
import signal
import subprocess
import time

# What is small is not worth compiling: the same answers, several times sooner.
SMALL = {
    "spark.sql.shuffle.partitions": "2", "spark.sql.adaptive.enabled": "false", "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN", "spark.driver.extraJavaOptions": "-XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
# As the program sets them.
OWN = {
    "spark.ui.enabled": "false", "spark.sql.catalogImplementation": "in-memory", "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1", "spark.sql.legacy.storeAnalyzedPlanForView": "true", "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
}


class Failure(Exception):
    pass


class Session:
    """Scripts of the program, one after the other; what comes back is by script and query."""

    def __init__(self, home, master, folder, settings=None):
        self.home, self.master, self.folder, self.settings = home, master, folder, SMALL if settings is None else settings

    def run(self, scripts, timeout, during=None):
        """The answers of each script: a list of lists of rows. during: is called again and again with the rows' file."""
        text, rows, log = (os.path.join(self.folder, name) for name in ("session.sql", "session.rows", "session.log"))
        with open(text, "w", encoding="utf-8") as file:
            for number, script in enumerate(scripts):
                file.write(f"CLEAR CACHE;\nSELECT 'fleet {number}';\n{script}")
        command = [os.path.join(self.home, "bin", "spark-sql"), "--master", self.master, "--name", "hostcap-check", "-S", "-f", text]
        for name, value in (OWN | {"spark.sql.warehouse.dir": os.path.join(self.folder, "warehouse")} | self.settings).items():
            command += ["--conf", f"{name}={value}"]
        env = os.environ | {"SPARK_HOME": self.home, "SPARK_LOCAL_IP": "127.0.0.1", "LC_ALL": "C.UTF-8"}
        with open(rows, "wb") as out, open(log, "wb") as errors:
            run = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, env=env, start_new_session=True)
            try:
                self.wait(run, timeout, during, rows)
            finally:
                if run.poll() is None:
                    os.killpg(run.pid, signal.SIGKILL)
                    run.wait()
        if run.returncode:
            with open(log, encoding="utf-8", errors="replace") as file:
                lines = [line for line in file.read().split("\n") if line.startswith(("[", "Caused by"))]
            raise Failure(f"spark-sql ended with {run.returncode}: {lines[-1:] or 'see its log'}")
        return answers(rows)

    @staticmethod
    def wait(run, timeout, during, rows):
        end = time.monotonic() + timeout
        while run.poll() is None:
            if time.monotonic() > end:
                raise Failure(f"spark-sql had no answer after {timeout} s")
            if during:
                during(rows)
            time.sleep(0.1)


def answers(path):
    """Rows of each script's answers, in order."""
    out = []
    with open(path, encoding="ascii") as file:
        for line in file:
            if line.startswith("{"):
                out[-1][-1].append(list(json.loads(line).values()))
            elif line.startswith("fleet "):
                out.append([])
            elif line.startswith("answer "):
                out[-1].append([])
            elif line != "end\n":
                raise Failure(f"spark-sql said {line!r}")
    return out
