// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.example;

import jakarta.annotation.PreDestroy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;

/**
 * A web service that detects objects in the pictures sent to it. After {@code mvn install} in the
 * root of the project:
 *
 * <pre>
 * mvn spring-boot:run -Dspring-boot.run.arguments=--model=yolo11n.torchscript
 * curl -H 'Content-Type: image/jpeg' --data-binary @bus.jpg 'localhost:8080/detect?conf=0.4'
 * curl -H 'Content-Type: image/jpeg' --data-binary @bus.jpg localhost:8080/plot &gt; detected.png
 * </pre>
 */
@SpringBootApplication
@RestController
public class DetectApplication {
  /** One instance serves all threads. */
  private final Yolo model;

  /** Loads the model once, at the start. */
  public DetectApplication(@Value("${model:yolo11n.torchscript}") String model) {
    this.model = Yolo.load(Path.of(model));
  }

  /** Starts the service. */
  public static void main(String[] args) {
    SpringApplication.run(DetectApplication.class, args);
  }

  /** The objects in a picture, as {@link Result#toJson()} tells them. */
  @PostMapping(path = "/detect", produces = "application/json")
  public String detect(
      @RequestBody byte[] picture, @RequestParam(defaultValue = "0.25") double conf)
      throws IOException {
    return predict(picture, conf).toJson();
  }

  /** The picture with the objects drawn onto it. */
  @PostMapping(path = "/plot", produces = "image/png")
  public byte[] plot(@RequestBody byte[] picture, @RequestParam(defaultValue = "0.25") double conf)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(predict(picture, conf).plot(), "png", out);
    return out.toByteArray();
  }

  private Result predict(byte[] picture, double conf) throws IOException {
    Image image = Image.read(new ByteArrayInputStream(picture));
    return model.predict(image, PredictOptions.builder().conf(conf).build());
  }

  /** What is wrong with the request is told to who made it. */
  @ExceptionHandler(YoloException.class)
  public ResponseEntity<String> failed(YoloException e) {
    return switch (e.code()) {
      case INVALID_IMAGE, INVALID_ARGUMENT -> ResponseEntity.badRequest().body(e.getMessage());
      default -> ResponseEntity.internalServerError().body(e.getMessage());
    };
  }

  /** Waits for predictions that run, then frees the model. */
  @PreDestroy
  public void close() {
    model.close();
  }
}
