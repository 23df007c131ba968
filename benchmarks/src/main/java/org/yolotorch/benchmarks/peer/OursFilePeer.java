// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;

/** yolotorch from the bytes of a JPEG file to boxes. */
final class OursFilePeer implements Peer {
  private final Yolo model;
  private final byte[] jpeg;
  private Result result;

  OursFilePeer(Job job, LoadOptions options) throws IOException, Unavailable {
    model = Yolo.load(job.forYolotorch(), options);
    jpeg = Files.readAllBytes(Inputs.files(job.assets()).get(0));
  }

  @Override
  public void run() throws IOException {
    result = model.predict(Image.read(new ByteArrayInputStream(jpeg)));
  }

  @Override
  public double forwardMillis() {
    return result.speed().inference();
  }

  @Override
  public List<List<Found>> found() {
    return List.of(OursPeer.found(result));
  }

  @Override
  public void close() {
    model.close();
  }
}
